// Posts from elsewhere in the text: a card that the body names by its number alone, `<figure data-post="7">`. A dialog,
// opened by the button or by pasting the link of a post on a line of its own, keeps one; what it says comes from the desk.
import { Extension, Node, pm } from "django-prose-editor/editor";
import { firstNumber, gone, redraw, stand, underlined } from "newsroom/figure-marks";
import { fill, say } from "newsroom/form";

const LINK = /^https:\/\/([^/\s?#]+)\/\S*$/;
const dialog = () => document.getElementById("post-dialog");
const part = (name) => dialog().querySelector(`[data-part=${name}]`);
const cards = new Map(); // number → what the desk has said of it

async function asked(address, options = {}) {
  const got = await fetch(address, { redirect: "error", headers: { Accept: "application/json" }, ...options });
  const said = await got.json().catch(() => ({}));
  if (said.token) dialog().querySelector("[name=csrfmiddlewaretoken]").value = said.token;
  return { status: got.status, said };
}

function made(tag, className, text) {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

// What stands in the text in the place of the card, names in its words underlined; `number`: as the server counts.
function draw(box, card, number) {
  const said = dialog().dataset;
  if (!card) return box.replaceChildren(made("p", "hint", card === null ? said.missing : said.failed));
  const head = made("p", "kept-post-head", ""), text = made("p", "kept-post-text", card.text ? "" : card.link);
  const named = [underlined(card.site, number, "site"), card.author && underlined(card.author, number, "author"), card.posted_on];
  named.filter(Boolean).forEach((one, at) => head.append(at ? " · " : "", one));
  if (card.text) text.append(underlined(card.text, number, "text"));
  const parts = [head, text];
  if (card.picture) {
    const alt = made("p", "hint alt", "");
    alt.append(card.picture_alt ? underlined(card.picture_alt, number, "alt") : made("em", "missing", said.noalt));
    parts.unshift(Object.assign(document.createElement("img"), { src: card.picture, alt: card.picture_alt }));
    parts.push(alt);
  }
  if (card.is_gone) parts.push(made("p", "hint", said.gone));
  if (card.told) parts.push(made("p", "hint", card.told));
  const change = Object.assign(made("a", "act", said.change), { href: card.address, target: "_blank", rel: "noopener" });
  parts.push(change);
  box.setAttribute("aria-label", `${said.name}: ${head.textContent}`);
  box.replaceChildren(...parts);
}

async function fetchCard(id) {
  if (cards.has(id)) return;
  const { status, said } = await asked(`${dialog().dataset.card}?post=${id}`);
  if (status !== 200) throw new Error(String(status));
  cards.set(id, said.card);
  if (!said.card) gone.add(id);
}

class View {
  constructor(node, getPos, editor) {
    Object.assign(this, { getPos, editor, id: String(node.attrs.post), dom: made("div", "kept-post", "") });
    this.dom.contentEditable = "false";
    this.dom.setAttribute("role", "group");
    this.destroy = stand(this);
    if (dialog()) fetchCard(this.id).catch(() => draw(this.dom)).then(redraw); // those behind it are counted anew
  }

  draw() {
    if (cards.has(this.id)) draw(this.dom, cards.get(this.id), firstNumber(this.editor.state.doc, this.getPos()));
  }

  size() { return gone.has(this.id) ? 0 : 1; }
  stopEvent(event) { return event.target instanceof Element && Boolean(event.target.closest("a")); }
  ignoreMutation() { return true; }
}

const KeptPost = Node.create({
  name: "keptPost",
  group: "block",
  atom: true,
  draggable: true,
  addAttributes: () => ({ post: { default: null, parseHTML: (one) => one.getAttribute("data-post"), renderHTML: ({ post }) => ({ "data-post": post }) } }),
  parseHTML: () => [{ tag: "figure[data-post]", priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes],
  addNodeView: () => ({ node, getPos, editor }) => new View(node, getPos, editor),
});

function complain(errors = {}) {
  for (const place of dialog().querySelectorAll("[data-for]")) {
    const told = (errors[place.dataset.for] || []).map((one) => one.message || one);
    place.textContent = told.join(" ");
    place.hidden = !told.length;
    const field = dialog().querySelector(`[name="${place.dataset.for}"]`);
    if (told.length) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
  }
  const first = dialog().querySelector("[aria-invalid]");
  if (first) first.focus();
}

// Puts the card where its link stands alone in a paragraph, else at the caret.
function place(editor, card, written) {
  cards.set(String(card.id), card);
  const node = editor.schema.nodes.keptPost.create({ post: String(card.id) });
  let found = null;
  if (written) editor.state.doc.descendants((one, at) => {
    if (!found && one.type.name === "paragraph" && one.textContent.trim() === written) found = { at, end: at + one.nodeSize };
    return !found;
  });
  if (found) editor.view.dispatch(editor.state.tr.replaceWith(found.at, found.end, node));
  else editor.chain().insertContent(node.toJSON()).run();
  editor.commands.focus();
}

// What is known of the link, told before anything else is typed.
async function look(form) {
  const link = form.elements.link.value.trim();
  form.known = null;
  part("ask").hidden = true;
  if (!link) return;
  const { said } = await asked(`${dialog().dataset.card}?${new URLSearchParams({ link })}`);
  if (form.elements.link.value.trim() !== link) return;
  if (said.errors) return complain(said.errors);
  complain();
  form.known = said.card || null;
  part("ask").hidden = !said.may_ask || Boolean(said.card);
  part("rest").hidden = Boolean(said.card);
  part("told").textContent = fill(said.card ? dialog().dataset.known : dialog().dataset.read, { site: said.site || said.card?.site || "" });
}

async function send(form, editor, written) {
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  try {
    if (form.known) return finish(form, editor, form.known, written);
    const { status, said } = await asked(dialog().dataset.keep, { method: "POST", body: new FormData(form) });
    if (said.card) return finish(form, editor, said.card, written);
    if (said.errors) complain(said.errors);
    else part("told").textContent = status === 401 ? dialog().dataset.login : dialog().dataset.failed;
  } catch {
    part("told").textContent = dialog().dataset.failed;
  } finally {
    button.disabled = false;
  }
}

function finish(form, editor, card, written) {
  dialog().close();
  place(editor, card, written);
}

function open(editor, written = "") {
  if (!dialog() || dialog().open) return;
  const form = dialog().querySelector("form");
  form.reset();
  complain();
  part("told").textContent = written ? dialog().dataset.offered : "";
  part("rest").hidden = false;
  part("ask").hidden = true;
  form.known = null;
  form.elements.link.value = written;
  form.onsubmit = (event) => {
    event.preventDefault();
    send(form, editor, written);
  };
  form.elements.link.onchange = () => look(form).catch(() => {});
  dialog().querySelector("[data-act=cancel]").onclick = () => dialog().close();
  dialog().onclose = () => editor.commands.focus();
  dialog().showModal();
  form.elements[written ? "author" : "link"].focus();
  if (written) look(form).catch(() => {});
}

// The link of a post that is pasted on a line of its own: it is put in as any link, then the card is offered.
function pasted(editor, event) {
  const text = event.clipboardData?.getData("text/plain").trim() || "", found = LINK.exec(text);
  const { $from, empty } = editor.state.selection;
  const hosts = (dialog()?.dataset.hosts || "").split(" ");
  if (!found || !empty || $from.parent.type.name !== "paragraph" || $from.parent.content.size) return;
  if (hosts.includes(found[1].toLowerCase())) setTimeout(() => {
    const line = editor.state.selection.$from.parent.textContent.trim();
    open(editor, line || text);
  });
}

export const KeptPosts = Extension.create({
  name: "keptPosts",
  priority: 1000, // hears of a paste before the editor's own link does
  addExtensions: () => [KeptPost],
  addProseMirrorPlugins() {
    const { editor } = this;
    const handlePaste = (view, event) => {
      pasted(editor, event);
      return false;
    };
    return [new pm.state.Plugin({ props: { handlePaste } })];
  },
  addMenuItems({ buttons, menu }) {
    if (!dialog()) return;
    menu.defineItem({
      name: "keptPost",
      groups: "nodes",
      button: buttons.material("forward_to_inbox", say("Post from elsewhere")),
      command: (editor) => open(editor),
    });
  },
});
