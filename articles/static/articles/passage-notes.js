// Notes to colleagues: the passages that they quote on a ground of their own, by decorations, which touch neither text nor
// caret; the way from a note to its passage; a note on what is selected. A passage is found in the text as it is typed by
// the rules of `publishing/passages.py`.
import { Extension, pm } from "django-prose-editor/editor";

const { Plugin, PluginKey } = pm.state;
const { Decoration, DecorationSet } = pm.view;

const KEY = new PluginKey("passageNotes");
const PAUSE = 300; // milliseconds after the last letter
const EVERY = 60000; // milliseconds between two looks at what colleagues wrote
const ALIKE = [[/[“”„«»]/g, '"'], [/[‘’‚‹›]/g, "'"], [/[‐‑–—−]/g, "-"]];

const say = (text) => (window.gettext ? gettext(text) : text);

let editor = null, place = null, waits = 0, shown = "", last = null, picked = null;

// The text with what counts as the same written as one, and where each sign of it stands in the text.
export function fold(text) {
  const places = [];
  let signs = "";
  for (const found of text.matchAll(/\s+|\S+/g)) {
    const isBlank = !found[0].trim();
    const said = isBlank ? " " : ALIKE.reduce((word, [sign, one]) => word.replace(sign, one), found[0]);
    for (let at = 0; at < said.length; at += 1) places.push(found.index + at);
    signs += said;
  }
  return { signs, places };
}

// Where the quotation begins and ends in a folded text, the occurrence nearest to the offset; null if nowhere.
export function find({ signs, places }, quotation, offset) {
  const wanted = fold(quotation.trim()).signs;
  if (!wanted) return null;
  const later = places.findIndex((one) => one >= offset), at = later < 0 ? places.length : later;
  const after = signs.indexOf(wanted, at), before = at > 0 ? signs.lastIndexOf(wanted, at - 1) : -1;
  const found = before >= 0 && (after < 0 || at - before <= after - at) ? before : after;
  return found < 0 ? null : [places[found], places[found + wanted.length - 1] + 1];
}

// The words of the text, a line for each block that holds some, and the place of each of its signs.
function lines(doc) {
  const at = [];
  let text = "";
  const add = (words, pos, isText) => {
    for (let sign = 0; sign < words.length; sign += 1) at.push(isText ? pos + sign : pos);
    text += words;
  };
  doc.descendants((node, pos) => {
    if (node.isTextblock && text && !text.endsWith("\n")) add("\n", pos, false);
    else if (node.type.name === "hardBreak" && !text.endsWith("\n")) add("\n", pos, false);
    else if (node.isText) add(node.text, pos, true);
  });
  return { text, at, folded: fold(text) };
}

// The server counts signs, a browser halves of some.
const signsBefore = (text, at) => [...text.slice(0, at)].length;
function unitsBefore(text, signs) {
  let at = 0;
  for (let sign = 0; sign < signs && at < text.length; sign += 1) at += text.codePointAt(at) > 0xffff ? 2 : 1;
  return at;
}

const items = () => [...place.querySelectorAll(".passage-note:not(.closed)")];
const quotationOf = (item) => item.querySelector(".passage").textContent;
const fieldOf = (name) => document.querySelector(`#article_form [name="${name}"]`);
const plainFields = () => [...place.querySelectorAll(".write option")].map((one) => fieldOf(one.value)).filter((one) => one && one.name !== "body");

// Where the note's passage stands now: {from, to} in the editor's document or in the field's value; null if nowhere.
function placeOf(item, now = lines(editor.state.doc)) {
  const field = item.dataset.field, quotation = quotationOf(item);
  if (field !== "body") {
    const value = fieldOf(field)?.value ?? "";
    const found = find(fold(value), quotation, unitsBefore(value, Number(item.dataset.offset)));
    return found && { from: found[0], to: found[1] };
  }
  // A decoration has followed what was typed since: of two passages that read the same it knows which one is meant.
  const drawn = KEY.getState(editor.state).find(undefined, undefined, (spec) => spec.note === item.dataset.note);
  const hint = drawn.length ? now.at.findIndex((pos) => pos >= drawn[0].from) : unitsBefore(now.text, Number(item.dataset.offset));
  const found = find(now.folded, quotation, hint < 0 ? now.text.length : hint);
  return found && { from: now.at[found[0]], to: now.at[found[1] - 1] + 1 };
}

function draw() {
  const now = lines(editor.state.doc), decorations = [];
  for (const item of items()) {
    const found = placeOf(item, now);
    item.querySelector(".gone").hidden = Boolean(found);
    item.querySelector(".jump-to").hidden = !found;
    if (found && item.dataset.field === "body") {
      decorations.push(Decoration.inline(found.from, found.to, { class: "note-mark" }, { note: item.dataset.note }));
    }
  }
  editor.view.dispatch(editor.state.tr.setMeta(KEY, decorations).setMeta("addToHistory", false));
  atCaret();
  place.dataset.drawn = String(Number(place.dataset.drawn || 0) + 1);
}

function later() {
  clearTimeout(waits);
  waits = setTimeout(draw, PAUSE);
}

// The note in whose passage the caret stands is told apart in the panel.
function atCaret() {
  const { head } = editor.state.selection;
  const here = new Set(KEY.getState(editor.state).find(head, head).map((one) => one.spec.note));
  for (const item of items()) item.classList.toggle("here", here.has(item.dataset.note));
}

function jump(item) {
  const found = placeOf(item), field = item.dataset.field;
  if (!found) return;
  if (field === "body") {
    editor.chain().focus().setTextSelection(found).scrollIntoView().run();
    return;
  }
  fieldOf(field).focus();
  fieldOf(field).setSelectionRange(found.from, found.to);
}

// The panel

function dress() {
  for (const item of items()) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "act jump-to", textContent: place.dataset.show });
    button.addEventListener("click", () => jump(item));
    item.querySelector(".answers").prepend(button);
    item.querySelector(".passage").addEventListener("click", () => jump(item));
  }
  place.querySelector(".write")?.addEventListener("toggle", (event) => { if (event.target.open) fill(event.target.querySelector("form")); });
}

const withoutTokens = (html) => html.replace(/name="csrfmiddlewaretoken" value="\w*"/g, "");

// What is written in other forms of the panel, and what is unfolded, stays.
function replacePanel(html, sentBy = "") {
  if (!sentBy && withoutTokens(html) === shown) return;
  const old = place.querySelector(".passage-notes"), typed = new Map();
  for (const form of old.querySelectorAll("form[data-key]")) {
    if (form.dataset.key !== sentBy) typed.set(form.dataset.key, [...form.querySelectorAll("textarea, select")].map((one) => one.value));
  }
  const unfolded = [...old.querySelectorAll("details[open]")].map((one) => one.dataset.keep).filter((key) => key !== sentBy);
  const fresh = document.adoptNode(new DOMParser().parseFromString(html, "text/html").querySelector(".passage-notes"));
  for (const form of fresh.querySelectorAll("form[data-key]")) {
    (typed.get(form.dataset.key) || []).forEach((value, at) => { form.querySelectorAll("textarea, select")[at].value = value; });
  }
  for (const details of fresh.querySelectorAll("details")) details.open = unfolded.includes(details.dataset.keep);
  old.replaceWith(fresh);
  shown = withoutTokens(html);
  dress();
  draw();
}

async function look() {
  if (document.hidden || place.querySelector(".passage-notes").contains(document.activeElement)) return;
  try {
    const got = await fetch(place.dataset.url, { redirect: "error", headers: { Accept: "application/json" } });
    const reply = await got.json();
    if (reply.ok && !place.querySelector(".passage-notes").contains(document.activeElement)) replacePanel(reply.panel);
  } catch {
    // The next look finds it.
  }
}

async function sent(form, data) {
  const post = () => relogin.post(form.action, data);
  const reply = await post();
  return reply.error === "login" && (await relogin.ask(document.getElementById("typed"))) ? post() : reply;
}

async function send(form) {
  const button = form.querySelector("[type=submit]"), complaint = form.querySelector(".complaint");
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken"); // relogin.js knows the one that holds
  if (form.dataset.key === "write") locate(data);
  button.disabled = true;
  complaint.textContent = "";
  let reply;
  try {
    reply = await sent(form, data);
  } catch {
    reply = { says: place.dataset.away };
  }
  button.disabled = false;
  if (!reply.ok) {
    complaint.textContent = reply.says || (reply.error === "login" ? place.dataset.ended : place.dataset.away);
    return;
  }
  const isDialog = form.dataset.key === "dialog";
  if (isDialog) close(form);
  replacePanel(reply.panel, form.dataset.key);
  if (!isDialog) place.querySelector("#notes-title").focus();
}

// Words that are typed and not saved yet have their place, too.
function locate(data) {
  const name = data.get("field"), text = name === "body" ? lines(editor.state.doc).text : fieldOf(name)?.value ?? "";
  const isPicked = picked?.field === name && picked.quotation === data.get("quotation");
  const found = find(fold(text), data.get("quotation"), isPicked ? picked.at : 0);
  if (found) data.set("offset", signsBefore(text, found[0]));
}

// A note on what is selected

function selected() {
  if (last) return passage(last.name, last.value, last.selectionStart, last.selectionEnd);
  const { from, to } = editor.state.selection, { text, at } = lines(editor.state.doc);
  const begin = at.findIndex((pos) => pos >= from), end = at.findIndex((pos) => pos >= to);
  return begin < 0 ? null : passage("body", text, begin, end < 0 ? text.length : end);
}

function passage(field, text, begin, end) {
  const quotation = text.slice(begin, end), at = begin + quotation.length - quotation.trimStart().length;
  return quotation.trim() ? { field, quotation: quotation.trim(), at, offset: signsBefore(text, at) } : null;
}

function tell(text) {
  tellBeneath(editor, text);
}

function tellBeneath(created, text) {
  const box = created.view.dom.closest(".prose-editor");
  let told = box.parentElement.querySelector(":scope > .note-told");
  if (!told) {
    told = Object.assign(document.createElement("p"), { className: "note-told hint" });
    told.setAttribute("role", "status");
    box.after(told);
  }
  told.textContent = text;
}

function open(created) {
  if (!place) {
    tellBeneath(created, say("Save the article once, then write a note."));
    return;
  }
  const dialog = document.getElementById("note-dialog");
  if (!dialog || dialog.open) return;
  const found = selected();
  tell(found ? "" : place.dataset.none);
  if (!found) return;
  const form = dialog.querySelector("form");
  for (const name of ["field", "quotation", "offset"]) form.elements[name].value = found[name];
  form.querySelector(".passage").textContent = found.quotation;
  form.querySelector(".complaint").textContent = "";
  dialog.showModal();
  form.elements.text.focus();
}

function close(form) {
  form.elements.text.value = "";
  form.closest("dialog").close();
}

// The passage that was selected last goes into the panel's own form when it is unfolded.
function fill(form) {
  picked = selected();
  if (!picked || form.elements.quotation.value) return;
  form.elements.field.value = picked.field;
  form.elements.quotation.value = picked.quotation;
}

// The field that was written in last keeps its selection; null: the text.
function entered(event) {
  if (plainFields().includes(event.target)) last = event.target;
  else if (editor.view.dom.contains(event.target)) last = null;
}

function keyed(event) {
  const isOwn = event.code === "KeyM" && event.altKey && (event.ctrlKey || event.metaKey) && !event.shiftKey;
  const isSend = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest?.("#notes form");
  if (isOwn && document.getElementById("note-dialog")) {
    event.preventDefault();
    open(editor);
  } else if (isSend) {
    event.preventDefault();
    isSend.requestSubmit();
  }
}

function begin(created) {
  place = document.getElementById("notes");
  if (!place || !created.view.dom.closest("#article_form")) return;
  editor = created;
  dress();
  draw();
  place.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.target);
  });
  const dialog = document.getElementById("note-dialog");
  dialog?.querySelector("[data-later]").addEventListener("click", () => dialog.close());
  dialog?.addEventListener("close", () => { if (document.activeElement === document.body) editor.commands.focus(); });
  for (const field of plainFields()) field.addEventListener("input", later);
  document.addEventListener("focusin", entered);
  document.addEventListener("keydown", keyed);
  document.addEventListener("visibilitychange", look);
  setInterval(look, EVERY);
}

export const PassageNotes = Extension.create({
  name: "passageNotes",
  onCreate() { begin(this.editor); },
  onUpdate() { if (this.editor === editor) later(); },
  onSelectionUpdate() { if (this.editor === editor) atCaret(); },
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "passageNote",
      groups: "utility",
      button: buttons.material("add_comment", "Note to colleagues (Ctrl+Alt+M)"),
      command: (created) => open(created),
    });
  },
  addProseMirrorPlugins: () => [new Plugin({
    key: KEY,
    state: {
      init: () => DecorationSet.empty,
      apply: (change, set) => (change.getMeta(KEY) ? DecorationSet.create(change.doc, change.getMeta(KEY)) : set.map(change.mapping, change.doc)),
    },
    props: { decorations: (state) => KEY.getState(state) },
  })],
});
