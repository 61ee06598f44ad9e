// The dialog of a link, with a search for own articles above its address: a combobox whose list the server gives. Any
// other address is typed, or pasted, as ever; a server that does not answer stops nobody.
import { Extension, updateAttrsDialog } from "django-prose-editor/editor";
import { fill, language, say, tools } from "newsroom/form";

const PAUSE = 200; // milliseconds after the last letter

// The search as it stands in the page's template, put into the dialog; what is chosen fills `address`.
function addSearch(form, address) {
  const box = document.getElementById("own-links").content.firstElementChild.cloneNode(true);
  const input = box.querySelector("input"), list = box.querySelector("ul"), status = box.querySelector("[role=status]");
  const said = box.dataset, chosen = { headline: "" };
  let asking = null, waits = 0, active = -1;

  const options = () => [...list.children];
  const tell = (text) => { status.textContent = text; };

  function show(isShown) {
    list.hidden = !isShown;
    input.setAttribute("aria-expanded", String(isShown));
    if (!isShown) point(-1);
  }

  function point(number) {
    active = number;
    options().forEach((one, at) => one.setAttribute("aria-selected", String(at === number)));
    const option = options()[number];
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  function option(article, at) {
    const made = document.createElement("li");
    made.id = `own-link-${at}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-disabled", String(!article.path));
    made.append(
      Object.assign(document.createElement("span"), { textContent: article.headline }),
      Object.assign(document.createElement("small"), { textContent: article.told }),
    );
    made.addEventListener("mousedown", (event) => event.preventDefault()); // the caret stays
    made.addEventListener("click", () => choose(article));
    made.article = article;
    return made;
  }

  function choose(article) {
    if (!article.path) return tell(`${article.headline}: ${article.told}`);
    chosen.headline = article.headline;
    address.value = article.path;
    input.value = article.headline;
    show(false);
    tell(fill(said.chosen, { path: article.path }));
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const query = new URLSearchParams({ q: input.value, language: language(), article: document.getElementById("typed")?.dataset.article || "" });
    try {
      const got = await fetch(`${said.url}?${query}`, { signal: asking.signal, redirect: "error", headers: { Accept: "application/json" } });
      if (!got.ok) throw new Error(String(got.status));
      const { articles } = await got.json();
      list.replaceChildren(...articles.map(option));
      show(articles.length > 0);
      tell(articles.length ? fill(said.found, { count: articles.length }) : said.none);
    } catch (error) {
      if (error.name === "AbortError") return;
      show(false);
      tell(said.failed);
    }
  }

  function keyed(event) {
    const count = options().length, isShown = !list.hidden;
    const to = { ArrowDown: (active + 1) % count, ArrowUp: (active < 1 ? count : active) - 1 }[event.key];
    if (to !== undefined && count) {
      show(true);
      point(to);
    } else if (event.key === "Enter" && isShown) {
      if (active < 0) point(0);
      else choose(options()[active].article);
    } else if (event.key === "Enter" && !address.value.trim()) {
      ask();
    } else if (event.key === "Escape" && isShown) {
      show(false);
    } else return;
    event.preventDefault();
  }

  input.addEventListener("input", () => {
    clearTimeout(waits);
    asking?.abort();
    if (input.value.trim().length > 1) waits = setTimeout(ask, PAUSE);
    else { show(false); tell(""); }
  });
  input.addEventListener("keydown", keyed);
  input.addEventListener("blur", () => show(false));
  form.querySelector(".prose-editor-dialog-field").before(box);
  if (!address.value) input.focus();
  return chosen;
}

async function ask(editor) {
  const mark = editor.getAttributes("link"), isLink = editor.isActive("link");
  const fields = { href: { type: "string", title: say("URL") }, title: { type: "string", title: say("Title") } };
  const answer = updateAttrsDialog(fields, { title: say("Edit Link") })(editor, { ...mark });
  const form = [...editor.view.dom.parentElement.querySelectorAll("dialog.prose-editor-dialog form")].at(-1);
  const chosen = tools() ? addSearch(form, form.elements.href) : { headline: "" };
  const given = await answer;
  if (!given) return;
  const href = given.href.trim(), link = { href, title: given.title || null, target: null, rel: null };
  if (isLink) editor.chain().focus().extendMarkRange("link").updateAttributes("link", link).run();
  else if (!editor.state.selection.empty) editor.chain().focus().setMark("link", link).run();
  else if (href) {
    const text = chosen.headline || href;
    editor.chain().focus().insertContent({ type: "text", text, marks: [{ type: "link", attrs: link }] }).run();
  } else editor.commands.focus();
}

export const OwnLinks = Extension.create({
  name: "ownLinks",
  priority: 50, // after the editor's own link, whose dialog and button it takes over
  addCommands: () => ({
    addLink: () => ({ editor }) => {
      ask(editor);
      return true;
    },
  }),
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "link",
      groups: "link",
      button: buttons.material("insert_link", "insert link"),
      command: (editor) => { editor.commands.addLink(); },
      active: (editor) => editor.isActive("link"),
    });
  },
});
