// The editor's own schema knows neither the direction nor the language of a paragraph, and would take both away from an
// article that is opened and saved. A paste often has them on a block around the paragraphs, which the text does not keep.
import { Extension } from "django-prose-editor/editor";

const TYPES = [
  "paragraph", "heading", "blockquote", "bulletList", "orderedList", "listItem", "table", "tableRow", "tableCell",
  "tableHeader",
];
const AROUND = ["div", "section", "article", "main", "header", "footer", "aside", "center", "figure"];

function kept(name, read) {
  const around = AROUND.map((tag) => `${tag}[${name}]`).join();
  return {
    default: null,
    parseHTML(element) {
      const bearer = element.hasAttribute(name) ? element : element.parentElement?.closest(around);
      return read(bearer?.getAttribute(name)?.trim() || "") || null;
    },
    renderHTML: (attributes) => (attributes[name] ? { [name]: attributes[name] } : {}),
  };
}

const direction = (value) => ["ltr", "rtl", "auto"].find((one) => one === value.toLowerCase());

export const Direction = Extension.create({
  name: "direction",
  addGlobalAttributes: () => [
    { types: TYPES, attributes: { dir: kept("dir", direction), lang: kept("lang", (value) => value) } },
  ],
});
