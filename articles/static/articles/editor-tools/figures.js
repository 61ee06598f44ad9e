// Photos in the text: put in by a button or a key, shown with their words, moved by hand and by keys, taken out. The text
// holds which photos and where, `<figure data-photo="7 12" data-align="wide">`; what is said of them stands beside it.
import { Node, mergeAttributes, pm } from "django-prose-editor/editor";
import { fill } from "newsroom/form";
import { ask } from "newsroom/figure-dialog";
import { firstNumber, idsOf, isThere, redraw, sizeOf, stand, underlined } from "newsroom/figure-marks";
import { box, known, load, mayUpload, pictures, printed, upload } from "newsroom/photos";

const { NodeSelection, Plugin, TextSelection } = pm.state;
const NAME = "photos";
let uploading = 0, count = 0;

const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });
const tell = (text) => { box().querySelector("[data-part=status]").textContent = text; };

class View {
  constructor(node, getPos, editor) {
    Object.assign(this, { node, getPos, editor, dom: make("div", "photo-figure") });
    this.dom.addEventListener("dblclick", () => change(editor, getPos()));
    this.destroy = stand(this);
    this.draw();
    this.fetch();
  }

  async fetch() {
    if (idsOf(this.node).every((id) => known.has(id))) return;
    try { await load(idsOf(this.node)); } catch { /* the next drawing asks again */ }
    this.draw();
  }

  draw() {
    const ids = idsOf(this.node), first = firstNumber(this.editor.state.doc, this.getPos());
    this.dom.dataset.align = this.node.attrs.align || "";
    this.dom.classList.toggle("several", ids.length > 1);
    const items = ids.map((id, at) => this.item(id, first + ids.slice(0, at).filter(isThere).length));
    if (this.node.attrs.waits) items.push(make("p", "waits", box().dataset.waits));
    const button = Object.assign(make("button", "act", box().dataset.edit), { type: "button" });
    button.addEventListener("click", () => change(this.editor, this.getPos()));
    this.dom.replaceChildren(...items, button);
  }

  item(id, number) {
    const item = make("div", "photo"), photo = known.get(id), text = printed(id);
    if (photo) item.append(Object.assign(make("img", ""), { src: photo.thumb, alt: text.alt, draggable: false }));
    else if (known.has(id)) item.append(make("strong", "missing", fill(box().dataset.missing, { id })));
    const words = make("p", "words");
    if (text.caption) words.append(underlined(text.caption, number, "caption"), " ");
    if (text.credit) words.append(underlined(text.credit, number, "credit"));
    const alt = make("p", "alt");
    if (photo) alt.append(text.alt ? underlined(text.alt, number, "alt") : make("em", "missing", box().dataset.noalt));
    item.append(words, alt);
    return item;
  }

  update(node) {
    if (node.type.name !== NAME) return false;
    this.node = node;
    this.draw();
    this.fetch();
    return true;
  }

  stopEvent(event) { return Boolean(event.target.closest?.("button")); }
  ignoreMutation() { return true; }
  size() { return sizeOf(this.node); }
}

const nodeOf = (schema, ids, align) => schema.nodes[NAME].create({ photos: ids.join(" "), align });

async function insert(editor) {
  const given = await ask();
  if (!given) return editor.view.focus();
  const { schema } = editor.state;
  const nodes = given.isGallery ? [nodeOf(schema, given.ids, given.align)] : given.ids.map((id) => nodeOf(schema, [id], given.align));
  place(editor, nodes);
  redraw();
}

// Behind the block of the text in which the caret stands; in place of an empty one.
function place(editor, nodes) {
  const { state } = editor, { $from } = state.selection;
  const depth = Math.min($from.depth, 1), at = depth ? $from.after(1) : state.selection.to;
  const isEmpty = depth && $from.parent.isTextblock && !$from.parent.content.size && $from.depth === 1;
  const tr = isEmpty ? state.tr.replaceWith($from.before(1), $from.after(1), nodes) : state.tr.insert(at, nodes);
  const last = (isEmpty ? $from.before(1) : at) + nodes.reduce((size, one) => size + one.nodeSize, 0) - 1;
  editor.view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, last)).scrollIntoView());
  editor.view.focus();
}

async function change(editor, at) {
  const node = editor.state.doc.nodeAt(at);
  if (node?.type.name !== NAME) return;
  const given = await ask({ ids: idsOf(node), align: node.attrs.align });
  const now = editor.state.doc.nodeAt(at);
  if (given && now?.eq(node)) {
    const { schema } = editor.state;
    const nodes = given.isGallery ? [nodeOf(schema, given.ids, given.align)] : given.ids.map((id) => nodeOf(schema, [id], given.align));
    const tr = editor.state.tr.replaceWith(at, at + node.nodeSize, nodes);
    editor.view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, at)));
  }
  redraw();
  editor.view.focus();
}

const selected = (state) => (state.selection instanceof NodeSelection && state.selection.node.type.name === NAME ? state.selection : null);

// Where it may stand outside of what it stands in: before that, or behind it.
function outside($from, node, by) {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const around = $from.node(depth - 1), index = $from.index(depth - 1) + (by > 0 ? 1 : 0);
    if (around.canReplaceWith(index, index, node.type)) return by < 0 ? $from.before(depth) : $from.after(depth);
  }
  return null;
}

// Past the block before or behind, out of what it stands in if it is at the edge of that.
function move(editor, by) {
  const { state } = editor, selection = selected(state);
  if (!selection) return false;
  const { $from, from, node } = selection, index = $from.index(), parent = $from.parent;
  const beside = parent.maybeChild(index + by);
  const to = beside ? (by < 0 ? from - beside.nodeSize : from + node.nodeSize + beside.nodeSize) : outside($from, node, by);
  if (to === null) return true;
  const tr = state.tr.delete(from, from + node.nodeSize), at = tr.mapping.map(to);
  tr.insert(at, node);
  editor.view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, at)).scrollIntoView());
  return true;
}

// Pictures that are pasted or dropped stand in their place at once, and become photos when the server has them.

const waiting = (schema) => schema.nodes[NAME].create({ waits: String(++count) });

async function takeIn(editor, file, waits) {
  uploading += 1;
  let photos = "";
  try {
    photos = String((await upload(file)).id);
  } catch (problem) {
    tell(problem.message);
    window.dispatchEvent(new CustomEvent("picture-refused", { detail: problem.message }));
  }
  uploading -= 1;
  const tr = editor.state.tr.setMeta("addToHistory", false);
  editor.state.doc.descendants((node, pos) => {
    if (node.type.name !== NAME || node.attrs.waits !== waits) return;
    if (photos) tr.setNodeMarkup(pos, null, { ...node.attrs, photos, waits: null });
    else tr.delete(tr.mapping.map(pos), tr.mapping.map(pos + node.nodeSize));
  });
  if (tr.docChanged) editor.view.dispatch(tr);
}

function takeFiles(editor, files) {
  const nodes = files.map(() => waiting(editor.schema));
  place(editor, nodes);
  files.forEach((file, at) => takeIn(editor, file, nodes[at].attrs.waits));
}

// Pictures within what is pasted, as a word processor writes them: their bytes stand in the address.
function holdPictures(editor, html) {
  if (!mayUpload() || !html.includes("data:image/")) return html;
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const image of body.querySelectorAll("img[src^='data:image/']")) {
    const [, type, bytes] = /^data:(image\/[a-z]+);base64,(.*)$/is.exec(image.getAttribute("src")) || [];
    if (!bytes) continue;
    const file = new File([Uint8Array.from(atob(bytes.replace(/\s/g, "")), (one) => one.charCodeAt(0))], "picture", { type });
    if (!pictures([file]).length) continue;
    const waits = String(++count), figure = body.ownerDocument.createElement("figure");
    figure.dataset.waits = waits;
    image.replaceWith(figure);
    setTimeout(() => takeIn(editor, file, waits));
  }
  return body.innerHTML;
}

function pastedAlone(data) {
  const files = mayUpload() ? pictures(data?.files) : [];
  const html = data?.getData("text/html") || "";
  // A browser that copies a picture sends it beside its own address; a spreadsheet a picture of its cells beside these.
  const words = html && new DOMParser().parseFromString(html, "text/html").body;
  return files.length && (!words || (!words.textContent.trim() && words.querySelector("img"))) ? files : [];
}

document.addEventListener("submit", (event) => {
  if (!uploading || event.target.id !== "article_form") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  tell(box().dataset.wait);
  window.dispatchEvent(new CustomEvent("picture-refused", { detail: box().dataset.wait }));
}, true);

export const Figures = Node.create({
  name: NAME,
  priority: 110, // before `Paste`, which takes pictures out
  group: "block",
  atom: true,
  draggable: true,
  addAttributes: () => ({
    photos: {
      default: "",
      parseHTML: (element) => (element.dataset.photo || "").split(/\s+/).filter((one) => /^[1-9]\d{0,8}$/.test(one)).join(" "),
      renderHTML: ({ photos }) => (photos ? { "data-photo": photos } : {}),
    },
    align: {
      default: null,
      parseHTML: (element) => ["left", "right", "wide"].find((one) => one === element.dataset.align) || null,
      renderHTML: ({ align }) => (align ? { "data-align": align } : {}),
    },
    waits: { default: null, parseHTML: (element) => element.dataset.waits || null, renderHTML: () => ({}) },
  }),
  parseHTML: () => [{ tag: "figure[data-photo]", priority: 60 }, { tag: "figure[data-waits]", priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => ["figure", mergeAttributes(HTMLAttributes)],
  addNodeView() {
    return ({ node, getPos, editor }) => new View(node, getPos, editor);
  },
  addCommands: () => ({
    addPhotos: () => ({ editor }) => { insert(editor); return true; },
  }),
  addKeyboardShortcuts() {
    return {
      "Mod-Alt-p": () => { insert(this.editor); return true; },
      "Alt-ArrowUp": () => move(this.editor, -1),
      "Alt-ArrowDown": () => move(this.editor, 1),
      Enter: () => {
        const selection = selected(this.editor.state);
        if (selection) change(this.editor, selection.from);
        return Boolean(selection);
      },
    };
  },
  onSelectionUpdate() {
    const selection = selected(this.editor.state);
    if (!selection) return;
    const names = idsOf(selection.node).map((id) => printed(id).caption || printed(id).alt || fill(box().dataset.number, { id }));
    tell(fill(box().dataset.here, { names: names.join("; ") }));
  },
  addProseMirrorPlugins() {
    const { editor } = this;
    return [
      new Plugin({
        props: {
          transformPastedHTML: (html) => holdPictures(editor, html),
          handlePaste: (view, event) => {
            const files = pastedAlone(event.clipboardData);
            if (files.length) takeFiles(editor, files);
            return files.length > 0;
          },
          handleDrop: (view, event, slice, isMoved) => {
            const files = isMoved ? [] : pastedAlone(event.dataTransfer);
            if (!files.length) return false;
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
            if (at) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))));
            takeFiles(editor, files);
            return true;
          },
        },
        // A text that ends with photos has a paragraph behind them: there the caret can stand.
        appendTransaction: (transactions, before, state) => {
          if (!transactions.some((one) => one.docChanged) || state.doc.lastChild?.type.name !== NAME) return null;
          return state.tr.insert(state.doc.content.size, state.schema.nodes.paragraph.create());
        },
      }),
    ];
  },
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "photos",
      groups: "nodes",
      button: buttons.material("image", "photos in the text"),
      command: (editor) => { editor.commands.addPhotos(); },
      active: (editor) => Boolean(selected(editor.state)),
    });
  },
});
