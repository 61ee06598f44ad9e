// Find and replace in the text and the plain fields of the form, as one text in the order of the page. What is found is
// shown by decorations and grounds; nothing is touched before it is replaced.
import { Extension, pm } from "django-prose-editor/editor";
import { fill, plainFields, pressed, tools } from "newsroom/form";
import { draw, empty } from "newsroom/ground";
import { pattern, spans } from "newsroom/matches";
import { everywhere, inEditor, inField, takeBack, watch } from "newsroom/replace";

const { Plugin, PluginKey, TextSelection } = pm.state;
const { Decoration, DecorationSet } = pm.view;

const PAUSE = 150; // milliseconds after the last letter
const DRAWN = 500; // hits drawn before and after the one that is looked at
const KEY = new PluginKey("findReplace");

let editor = null, bar = null, hits = [], at = -1, waits = 0;

const part = (name) => bar.querySelector(`[data-part=${name}]`);
const isOpen = () => Boolean(bar && !bar.hidden);

// Looking

function search() {
  clearTimeout(waits);
  const regexp = pattern(part("query").value, { matchesCase: part("case").checked, wholeWord: part("word").checked });
  hits = regexp ? places().flatMap((field) => (field ? inPlain(field, regexp) : inText(regexp))) : [];
}

// The fields in the order of the page, `null` for the editor among them.
function places() {
  const text = editor.view.dom, fields = plainFields();
  const isAfter = (field) => text.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING;
  return [...fields.filter((field) => !isAfter(field)), null, ...fields.filter(isAfter)];
}

const inPlain = (field, regexp) => spans(field.value, regexp).map(([from, to]) => ({ field, from, to }));

function inText(regexp) {
  const found = [];
  editor.state.doc.descendants((node, pos) => {
    if (!node.isTextblock) return true;
    const text = node.textBetween(0, node.content.size, null, "\ufffc"); // what is no text is one sign, as it is one place
    for (const [from, to] of spans(text, regexp)) found.push({ field: null, from: pos + 1 + from, to: pos + 1 + to });
    return false;
  });
  return found;
}

// The first hit that does not begin before a place; the first of all where there is none behind it.
function firstFrom({ field, from }) {
  const order = places(), rank = order.indexOf(field);
  const found = hits.findIndex((hit) => {
    const own = order.indexOf(hit.field);
    return own > rank || (own === rank && hit.from >= from);
  });
  return found < 0 && hits.length ? 0 : found;
}

function caret() {
  const field = plainFields().find((one) => one === document.activeElement);
  return field ? { field, from: field.selectionStart } : { field: null, from: editor.state.selection.from };
}

// Showing

function show() {
  const shown = isOpen() ? hits.map((hit, number) => ({ ...hit, className: number === at ? "find-hit current" : "find-hit" })) : [];
  const near = shown.slice(Math.max(0, at - DRAWN), at + DRAWN + 1);
  const drawn = near.filter((hit) => !hit.field).map(({ from, to, className }) => Decoration.inline(from, to, { class: className }));
  editor.view.dispatch(editor.state.tr.setMeta(KEY, drawn).setMeta("addToHistory", false));
  for (const field of plainFields()) draw(field, "find-ground", near.filter((hit) => hit.field === field));
}

function tell(text) {
  const status = part("count");
  if (status.textContent !== text) status.textContent = text;
}

function tellCount() {
  const said = bar.dataset;
  if (!part("query").value) tell("");
  else tell(hits.length ? fill(said.count, { at: at + 1, all: hits.length }) : said.none);
}

function goTo(number) {
  at = number;
  show();
  tellCount();
  const hit = hits[at];
  if (!hit) return;
  if (hit.field) hit.field.scrollIntoView({ block: "center" });
  else editor.view.dom.querySelector(".find-hit.current")?.scrollIntoView({ block: "center" });
}

const step = (by) => { if (hits.length) goTo((at + by + hits.length) % hits.length); };

// What is typed elsewhere moves the hits at once (a decoration follows its words) and is looked through after a pause.
function later() {
  if (!isOpen()) return;
  clearTimeout(waits);
  waits = setTimeout(() => {
    const stood = hits[at] || caret();
    search();
    at = firstFrom(stood);
    show();
    tellCount();
  }, PAUSE);
}

function anew(from) {
  search();
  goTo(firstFrom(from));
}

// Replacing

function replaceOne() {
  search();
  const hit = hits[at], text = part("replacement").value;
  if (!hit) return;
  const focused = document.activeElement;
  const done = hit.field ? inField(hit.field, [hit], text) : (inEditor(editor, [hit], text), true);
  focused.focus({ preventScroll: true });
  if (!done) return tell(fill(bar.dataset.full, { fields: nameOf(hit.field) }));
  anew({ field: hit.field, from: hit.from + text.length });
}

function replaceAll() {
  search();
  if (!hits.length) return;
  const { count, full } = everywhere(editor, hits, part("replacement").value);
  anew({ field: null, from: 0 });
  const told = [fill(bar.dataset.replaced, { count })];
  if (full.length) told.push(fill(bar.dataset.full, { fields: full.map(nameOf).join(", ") }));
  tell(told.join(" "));
}

const nameOf = (field) => field.labels?.[0]?.textContent.replace("*", "").trim() || field.name;

// Opening and closing

function selected() {
  const field = plainFields().find((one) => one === document.activeElement);
  const { from, to } = editor.state.selection;
  const text = field ? field.value.slice(field.selectionStart, field.selectionEnd) : editor.state.doc.textBetween(from, to, "\n", "\n");
  return text.includes("\n") ? "" : text.slice(0, 200);
}

function open() {
  const from = caret(), text = selected(), line = document.getElementById("typed");
  bar.hidden = false;
  bar.style.top = `${Math.max(0, line?.getBoundingClientRect().bottom || 0) + 6}px`; // not over the line that says where it is kept
  if (text) part("query").value = text;
  part("query").focus();
  part("query").select();
  anew(from);
}

function close(takesFocus) {
  const hit = hits[at];
  clearTimeout(waits);
  bar.hidden = true;
  hits = [];
  at = -1;
  show();
  for (const field of plainFields()) empty(field, "find-ground");
  if (!takesFocus) return;
  if (hit?.field) {
    hit.field.focus();
    hit.field.setSelectionRange(hit.from, hit.to);
    return;
  }
  const { tr, doc } = editor.state;
  if (hit && hit.to <= doc.content.size) editor.view.dispatch(tr.setSelection(TextSelection.create(doc, hit.from, hit.to)).scrollIntoView());
  editor.view.focus();
}

const ACTS = { next: () => step(1), previous: () => step(-1), one: replaceOne, all: replaceAll, close: () => close(true) };

function keyed(event) {
  const inBar = bar.contains(event.target);
  const inTexts = editor.view.dom.contains(event.target) || plainFields().includes(event.target);
  if (inTexts && pressed(event, "Mod-f")) { // in the bar itself the browser opens its own
    event.preventDefault();
    open();
  } else if (isOpen() && (inBar || inTexts) && pressed(event, "Escape")) {
    event.preventDefault();
    close(inBar);
  } else if (inBar && event.target.matches("input[type=text]") && (pressed(event, "Enter") || pressed(event, "Shift-Enter"))) {
    event.preventDefault();
    if (event.shiftKey) step(-1);
    else if (event.target === part("replacement")) replaceOne();
    else step(1);
  } else if (inBar && !event.target.matches("input[type=text]") && pressed(event, "Mod-z") && takeBack()) {
    event.preventDefault();
    anew({ field: null, from: 0 });
  }
}

function begin(created) {
  bar = document.getElementById("find-bar");
  if (!bar || !created.view.dom.closest("#article_form")) return;
  editor = created;
  watch(editor);
  document.addEventListener("keydown", keyed);
  for (const field of plainFields()) field.addEventListener("input", later);
  bar.addEventListener("input", (event) => {
    if (event.target !== part("replacement")) anew(hits[at] || caret());
  });
  bar.addEventListener("click", (event) => ACTS[event.target.closest("[data-act]")?.dataset.act]?.());
}

export const FindReplace = Extension.create({
  name: "findReplace",
  onCreate() { if (tools()) begin(this.editor); },
  onUpdate() { if (this.editor === editor) later(); },
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "findReplace",
      groups: "utility",
      button: buttons.material("find_replace", "Find and replace"),
      command: () => { if (editor) open(); },
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
