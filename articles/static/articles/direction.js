// The editor's own schema knows neither the direction nor the language of a paragraph, and would take both away from an
// article that is opened and saved. A paste often has them on a block around the paragraphs, which the text does not keep.
// Kept is what the cleaning keeps: of a language the tags whose parts stand in the options (`editions.lang_values`).
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

const TAG = /^([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?$/;

function language(value, { languages, scripts, regions }) {
  const tag = value.replaceAll("_", "-");
  const [whole, code, script, region] = TAG.exec(tag.toLowerCase()) || [];
  const known = languages.includes(code) && (!script || scripts.includes(script)) && (!region || regions.includes(region));
  return whole && known ? tag : "";
}

export const Direction = Extension.create({
  name: "direction",
  addOptions: () => ({ languages: [], scripts: [], regions: [] }),
  addGlobalAttributes() {
    const lang = kept("lang", (value) => language(value, this.options));
    return [{ types: TYPES, attributes: { dir: kept("dir", direction), lang } }];
  },
});
