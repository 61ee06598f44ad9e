// What is found is written otherwise: the text of the editor by one change that keeps formatting and links, the plain
// fields as if typed. What was done everywhere at once is taken back at once, wherever its Undo is pressed.
import { pm } from "django-prose-editor/editor";
import { typeOver } from "newsroom/form";

let last = null; // what “replace all” did: `{ editor, before, after, fields: Map(field → [before, after]) }`

// Write `text` in place of each hit `{ from, to }` of the editor's text: it looks as their first letters did.
export function inEditor(editor, hits, text) {
  const { tr, schema } = editor.state;
  for (const { from, to } of [...hits].sort((one, other) => other.from - one.from)) {
    if (text) tr.replaceWith(from, to, schema.text(text, tr.doc.nodeAt(from).marks));
    else tr.delete(from, to);
  }
  // An undo of its own; and the editor's search for links would take the mark from a sign at a link's edge.
  editor.view.dispatch(pm.history.closeHistory(tr).setMeta("preventAutolink", true));
  editor.view.dispatch(pm.history.closeHistory(editor.state.tr));
}

// Write `text` in place of each hit of a field; return whether it has room for that.
export function inField(field, hits, text) {
  let value = field.value;
  for (const { from, to } of [...hits].sort((one, other) => other.from - one.from)) {
    value = value.slice(0, from) + text + value.slice(to);
  }
  return (field.maxLength < 0 || value.length <= field.maxLength) && typeOver(field, value);
}

// Write `text` in place of all hits `{ field, from, to }`, without a field where they are the editor's. Return how many
// were replaced, and the fields that have no room.
export function everywhere(editor, hits, text) {
  const focused = document.activeElement, before = editor.state.doc, fields = new Map(), full = [];
  const own = hits.filter((hit) => !hit.field);
  let count = own.length;
  last = null;
  for (const field of new Set(hits.map((hit) => hit.field).filter(Boolean))) {
    const inIt = hits.filter((hit) => hit.field === field), value = field.value;
    if (inField(field, inIt, text)) {
      fields.set(field, [value, field.value]);
      count += inIt.length;
    } else full.push(field);
  }
  if (own.length) inEditor(editor, own, text);
  focused?.focus({ preventScroll: true });
  last = { editor, before, after: editor.state.doc, fields };
  return { count, full };
}

// Take back what “replace all” did, as far as nobody has written there since; say whether there was such a thing.
export function takeBack() {
  if (!last) return false;
  const { editor, before, after, fields } = last, focused = document.activeElement;
  last = null;
  if (!before.eq(after) && editor.state.doc.eq(after)) editor.commands.undo();
  for (const [field, [old, now]] of fields) if (field.value === now) typeOver(field, old);
  focused?.focus({ preventScroll: true });
  return true;
}

// The Undo of one of the places takes back the others.
export function watch(editor) {
  editor.on("update", () => {
    if (last && !last.before.eq(last.after) && editor.state.doc.eq(last.before)) takeBack();
  });
  document.addEventListener("input", (event) => {
    const values = event.inputType === "historyUndo" && last?.fields.get(event.target);
    if (values && event.target.value === values[0]) takeBack();
  });
}
