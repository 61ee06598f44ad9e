// What publishing would mark, underlined while one types: in the text by decorations, which touch neither it nor the
// caret; in plain fields on a ground that lies over them. At the caret stands what is known of the name, with the answers.
import { Extension, pm } from "django-prose-editor/editor";
import { draw, empty } from "newsroom/ground";

const { Plugin, PluginKey } = pm.state;
const { Decoration, DecorationSet } = pm.view;

const PAUSE = 350; // milliseconds after the last letter
const KEY = new PluginKey("liveMarks");
const KINDS = { marked: "will be marked", unclear: "unclear", typed: "typed-in mark, will be removed", style: "house style: only advice" };
const ANSWERS = [["mark", "Mark", "Digit1"], ["not", "Not the one listed", "Digit2"]];

const say = (text) => (window.gettext ? gettext(text) : text);
const make = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text });

let editor = null, place = null, marks = [], waits = 0, asking = null, told = 0, closed = "";

// Where the text stands: the words of all text nodes, one after the other, and the places of each.
function words(doc) {
  const parts = [];
  let text = "";
  doc.descendants((node, pos) => {
    if (node.isText) {
      parts.push({ at: text.length, pos, length: node.text.length });
      text += node.text;
    }
  });
  return { text, parts };
}

function position(parts, at, isEnd) {
  let low = 0, high = parts.length - 1, part;
  while (low <= high) { // the last one that begins there or before; of an end, before
    const middle = (low + high) >> 1;
    if (isEnd ? parts[middle].at < at : parts[middle].at <= at) {
      part = parts[middle];
      low = middle + 1;
    } else high = middle - 1;
  }
  const isIn = part && (isEnd ? at <= part.at + part.length : at < part.at + part.length);
  return isIn ? part.pos + at - part.at : undefined;
}

function drawn(doc) {
  const { parts } = words(doc);
  return marks.filter((mark) => mark.field === "body").flatMap((mark) => {
    const from = position(parts, mark.from, false), to = position(parts, mark.to, true);
    return from !== undefined && to > from
      ? [Decoration.inline(from, to, { class: `live-mark ${mark.kind}`, title: say(KINDS[mark.kind]) }, { mark })] : [];
  });
}

const plainFields = () => (place?.dataset.fields || "").split(" ").filter((name) => name !== "body")
  .map((name) => document.querySelector(`#article_form [name="${name}"]`)).filter(Boolean);

function typed() {
  const texts = { words: words(editor.state.doc).text, body: editor.getHTML() };
  for (const field of plainFields()) texts[field.name] = field.value;
  texts.figure_texts = document.querySelector("#article_form [name=figure_texts]")?.value ?? "";
  const language = document.querySelector("#article_form [name=language]");
  if (language) texts.language = language.value;
  // What the gate asks of a translation.
  const value = (name) => document.querySelector(`#article_form [name=${name}]`)?.value;
  for (const name of ["origin_url", "origin_zone", "translation_method", "origin_article"]) texts[name] = value(name) ?? "";
  texts.origin_published_at = value("origin_published_at_0") ?? "";
  return texts;
}

// Say what is typed, with an answer for a name in it, if any; return whether an answer came back.
async function ask(answer = {}) {
  const texts = typed(), body = JSON.stringify({ ...texts, ...answer });
  asking?.abort();
  asking = new AbortController();
  let said;
  try {
    const got = await fetch(place.dataset.url, { method: "POST", body, signal: asking.signal, redirect: "error", headers: headers() });
    if (got.status === 503 && !answer.key) later(1000); // busy: it is asked again
    if (![200, 409, 422].includes(got.status)) return false;
    said = await got.json();
  } catch {
    return false; // the next letter asks again
  }
  if (said.problem) tell(said.problem, true);
  if (said.problem && answer.key) return true;
  if (JSON.stringify(texts) !== JSON.stringify(typed())) later();
  else show(said);
  return true;
}

function headers() {
  const token = document.querySelector("#article_form [name=csrfmiddlewaretoken]").value;
  return { "Content-Type": "application/json", "X-CSRFToken": token, Accept: "application/json" };
}

// A screen reader hears it; what went wrong is seen as well.
function tell(text, isWrong = false) {
  const status = place.querySelector("[data-counts]");
  status.className = isWrong ? "told-wrong" : "visually-hidden";
  if (status.textContent !== text) status.textContent = text;
}

function later(pause = PAUSE) {
  clearTimeout(waits);
  waits = setTimeout(() => ask(), pause);
}

function show(said) {
  marks = said.marks || [];
  editor.view.dispatch(editor.state.tr.setMeta(KEY, drawn(editor.state.doc)).setMeta("addToHistory", false));
  plainFields().forEach(underline);
  document.dispatchEvent(new CustomEvent("live-marks", { detail: marks })); // for the words of photos in the text
  if (said.panel) replacePanel(said.panel);
  if ("gate" in said) replaceGate(said.gate);
  atCaret();
  const count = (kind) => marks.filter((mark) => mark.kind === kind).length;
  clearTimeout(told);
  if (!said.problem) {
    told = setTimeout(() => tell(`${say("Will be marked:")} ${count("marked")}. ${say("Unclear:")} ${count("unclear")}.`), 1000);
  }
  place.dataset.drawn = String(Number(place.dataset.drawn || 0) + 1);
}

function replacePanel(panel) {
  const old = document.getElementById("mentions");
  if (!old || old.contains(document.activeElement)) return;
  const scrolled = [...old.querySelectorAll(".mentions")].map((list) => list.scrollTop);
  const fresh = new DOMParser().parseFromString(panel, "text/html").getElementById("mentions");
  old.replaceWith(document.adoptNode(fresh));
  fresh.querySelectorAll(".mentions").forEach((list, at) => { list.scrollTop = scrolled[at] || 0; });
  window.htmx?.process(fresh);
  addJumps(fresh);
}

// What keeps the article from going out stands behind its standing, or nothing does.
function replaceGate(gate) {
  const column = document.querySelector(".beside-column"), old = column?.querySelector(":scope > .gate");
  if (!column || old?.contains(document.activeElement)) return;
  const fresh = new DOMParser().parseFromString(gate, "text/html").querySelector(".gate");
  old?.remove();
  if (fresh) column.firstElementChild.after(document.adoptNode(fresh));
}

// From each line of the list a way to the name in its field.
function addJumps(panel) {
  const kept = new Map([...marks].reverse().map((one) => [`${one.kind} ${one.key}`, one])); // the first of those alike
  for (const line of panel.querySelectorAll(".mention[data-key]")) {
    const kind = Object.keys(KINDS).find((one) => line.classList.contains(one));
    const mark = kept.get(`${kind} ${line.dataset.key}`);
    if (!mark) continue;
    const button = make("button", "act jump-to", say("Show in the text"));
    button.type = "button";
    button.addEventListener("click", () => jump(mark));
    line.append(button);
  }
}

function jump(mark) {
  const field = plainFields().find((one) => one.name === mark.field);
  if (field) {
    field.focus();
    field.setSelectionRange(mark.from, mark.to);
    return;
  }
  if (mark.field === "figures") {
    document.dispatchEvent(new CustomEvent("show-photo", { detail: mark.number }));
    return;
  }
  const { parts } = words(editor.state.doc);
  const from = position(parts, mark.from, false), to = position(parts, mark.to, true);
  if (from !== undefined) editor.chain().focus().setTextSelection({ from, to }).scrollIntoView().run();
}

// Plain fields

function underline(field) {
  const own = marks.filter((mark) => mark.field === field.name);
  draw(field, "live-ground", own.map(({ from, to, kind }) => ({ from, to, className: `live-mark ${kind}` })));
}

// While one types the ground would lag behind: it comes back with the answer.
function typedIn(field) {
  empty(field, "live-ground");
  marks = marks.filter((mark) => mark.field !== field.name);
  later();
}

// At the caret

function here() {
  const field = document.activeElement;
  if (editor.isFocused) {
    const at = editor.state.selection.head;
    const found = KEY.getState(editor.state).find(at, at)[0];
    return found && { mark: found.spec.mark, box: editor.view.coordsAtPos(found.from) };
  }
  if (plainFields().includes(field)) {
    const at = field.selectionEnd;
    const mark = marks.find((one) => one.field === field.name && one.from <= at && at <= one.to);
    return mark && { mark, box: field.getBoundingClientRect() };
  }
  return null;
}

function atCaret() {
  const box = place.querySelector(".at-caret");
  if (box.contains(document.activeElement)) return;
  const found = here();
  if (found?.mark.key !== closed) closed = "";
  box.hidden = !found || Boolean(closed);
  if (box.hidden) return;
  const { mark } = found;
  const head = make("p", "found", "");
  head.append(make("mark", "", mark.surface), ` ${mark.who} `, ...mark.registers.map((one) => make("span", "register", one)));
  const lines = [head, make("p", "why", `${say(KINDS[mark.kind])}. ${mark.why}`)];
  if (mark.note && mark.kind !== "typed") lines.push(make("p", "context", `${say("The note:")} ${mark.note}`));
  box.className = `at-caret ${mark.kind}`;
  box.replaceChildren(...lines, ...answers(mark));
  const top = Math.min(found.box.bottom + 6, window.innerHeight - box.offsetHeight - 8);
  const left = Math.min(found.box.left, window.innerWidth - box.offsetWidth - 8);
  box.style.top = `${Math.max(8, top)}px`;
  box.style.left = `${Math.max(8, left)}px`;
}

const open = (mark) => (mark.kind === "unclear" || mark.answer) && "mayAnswer" in place.dataset;

// What the house would write instead; it comes as if typed, so that one undo takes it back.
function replacement(mark) {
  const button = make("button", "act", `${say("Replace:")} ${mark.suggestion} (Alt+1)`);
  button.type = "button";
  button.addEventListener("click", () => replace(mark));
  const row = make("p", "answers", "");
  row.append(button);
  return [row];
}

function replace(mark) {
  place.querySelector(".at-caret").hidden = true;
  const field = plainFields().find((one) => one.name === mark.field);
  if (field) {
    if (field.value.slice(mark.from, mark.to) !== mark.surface) return;
    field.focus();
    field.setRangeText(mark.suggestion, mark.from, mark.to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return;
  }
  // By the decoration, which has followed what was typed since.
  const now = KEY.getState(editor.state).find(undefined, undefined, (spec) => spec.mark === mark);
  if (!now.length) return;
  const from = now[0].from, to = now[now.length - 1].to;
  if (editor.state.doc.textBetween(from, to) === mark.surface) {
    editor.chain().focus().insertContentAt({ from, to }, { type: "text", text: mark.suggestion, marks: editor.state.doc.resolve(from + 1).marks().map((one) => one.toJSON()) }).run();
  }
}

function answers(mark) {
  if (mark.kind === "style") return mark.suggestion ? replacement(mark) : [];
  if (!open(mark)) return [];
  if (!("isSaved" in place.dataset)) return [make("p", "hint", say("Save the article once, then answer here."))];
  const row = make("p", "answers", "");
  ANSWERS.forEach(([answer, label], at) => {
    const button = make("button", "act", `${say(label)} (Alt+${at + 1})`);
    button.type = "button";
    button.disabled = mark.answer === answer;
    button.addEventListener("click", () => send(mark, answer));
    row.append(button);
  });
  return [row];
}

async function send(mark, answer) {
  place.querySelector(".at-caret").hidden = true;
  if (!(await ask({ key: mark.key, answer }))) tell(say("The answer did not arrive. Try again."), true);
}

function keyed(event) {
  if (event.key === "Escape") {
    closed = here()?.mark.key || "";
    place.querySelector(".at-caret").hidden = true;
  }
  const answer = event.altKey && !event.ctrlKey && ANSWERS.find(([, , code]) => code === event.code);
  const mark = answer && here()?.mark;
  if (mark?.kind === "style" && mark.suggestion && answer[0] === "mark") {
    event.preventDefault();
    replace(mark);
    return;
  }
  if (!mark || !open(mark)) return;
  event.preventDefault();
  send(mark, answer[0]);
}

function begin(created) {
  place = document.getElementById("live-marks");
  if (!place || !created.view.dom.closest("#article_form")) return;
  editor = created;
  for (const field of plainFields()) {
    field.addEventListener("input", () => typedIn(field));
    for (const name of ["click", "keyup", "focus"]) field.addEventListener(name, atCaret);
  }
  // The words of photos in the text, which their dialog writes.
  document.querySelector("#article_form [name=figure_texts]")?.addEventListener("input", () => later());
  for (const field of document.querySelectorAll("#article_form :is([name=language], [name^=origin_], [name=translation_method])")) {
    field.addEventListener("change", () => later());
  }
  document.addEventListener("keydown", keyed);
  document.addEventListener("focusout", () => setTimeout(atCaret));
  document.addEventListener("scroll", () => { place.querySelector(".at-caret").hidden = true; }, { passive: true, capture: true });
  document.body.addEventListener("htmx:afterSwap", () => later(0));
  later(0);
}

export const LiveMarks = Extension.create({
  name: "liveMarks",
  onCreate() { begin(this.editor); },
  onUpdate() { if (this.editor === editor) later(); },
  onSelectionUpdate() { if (this.editor === editor) atCaret(); },
  addProseMirrorPlugins: () => [new Plugin({
    key: KEY,
    state: {
      init: () => DecorationSet.empty,
      apply: (change, set) => (change.getMeta(KEY) ? DecorationSet.create(change.doc, change.getMeta(KEY)) : set.map(change.mapping, change.doc)),
    },
    props: { decorations: (state) => KEY.getState(state) },
  })],
});
