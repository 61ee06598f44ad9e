// The button “Typography”: quotation marks, dashes and spaces as the language writes them (`articles/typography.py`), in
// the text by one change that Undo takes back, in the plain fields as if it were typed.
import { Extension, pm } from "django-prose-editor/editor";

const TRIES = 3; // while somebody types on
const say = (text) => (window.gettext ? gettext(text) : text);

// The paragraphs of the text, and where each of their characters (code points) stands.
function paragraphs(doc) {
  const found = [];
  doc.descendants((node, pos, parent) => {
    if (!node.isTextblock) return true;
    if (node.type.spec.code) return false;
    const one = { text: "", language: node.attrs.lang || parent?.attrs.lang || "", kept: [], at: [] };
    node.forEach((child, offset) => {
      const signs = child.isText ? [...child.text] : [child.type.name === "hardBreak" ? "\n" : "\ufffc"];
      if (child.marks.some((mark) => mark.type.spec.code)) one.kept.push([one.at.length, one.at.length + signs.length]);
      let at = pos + 1 + offset;
      for (const sign of signs) {
        one.at.push(at);
        at += child.isText ? sign.length : child.nodeSize;
      }
      one.text += signs.join("");
      one.end = at;
    });
    if (one.text) found.push(one);
    return false;
  });
  return found;
}

function plainFields(place) {
  return place.dataset.fields.split(" ").filter((name) => name !== "body")
    .map((name) => document.querySelector(`#article_form [name="${name}"]`)).filter((field) => field?.value && !field.disabled);
}

async function asked(place, texts) {
  const language = document.querySelector("#article_form [name=language]")?.value || "";
  const token = document.querySelector("#article_form [name=csrfmiddlewaretoken]").value;
  const got = await fetch(place.dataset.typography, {
    method: "POST", redirect: "error", body: JSON.stringify({ language, texts }),
    headers: { "Content-Type": "application/json", "X-CSRFToken": token, Accept: "application/json" },
  });
  const told = await got.json();
  if (!told.edits) throw new Error(told.problem || String(got.status));
  return told.edits;
}

function setText(editor, blocks, edits) {
  const { tr, doc, schema } = editor.state;
  blocks.forEach((one, number) => edits[number].forEach(([from, to, sign]) => {
    const start = one.at[from], end = to < one.at.length ? one.at[to] : one.end;
    const { marks } = doc.nodeAt(start);
    tr.replaceWith(tr.mapping.map(start), tr.mapping.map(end), schema.text(sign, marks));
  }));
  // An undo of its own; and the editor's search for links would take the mark from a sign at a link's edge.
  if (tr.docChanged) editor.view.dispatch(pm.history.closeHistory(tr).setMeta("preventAutolink", true));
}

// As if typed: the browser's own Undo takes it back, and what listens to the field hears of it.
function setField(field, edits) {
  if (!edits.length) return;
  const offsets = [0];
  for (const sign of field.value) offsets.push(offsets.at(-1) + sign.length);
  field.focus();
  for (const [from, to, sign] of [...edits].reverse()) {
    field.setSelectionRange(offsets[from], offsets[to]);
    document.execCommand("insertText", false, sign);
  }
}

function tell(editor, text) {
  const box = editor.view.dom.closest(".prose-editor");
  let told = box.parentElement.querySelector(":scope > .typeset");
  if (!told) {
    told = Object.assign(document.createElement("p"), { className: "typeset hint" });
    told.setAttribute("role", "status");
    box.after(told);
  }
  told.textContent = text;
}

async function typeset(editor) {
  const place = document.getElementById("live-marks");
  if (!place?.dataset.typography) return;
  for (let tried = 0; tried < TRIES; tried += 1) {
    const { doc } = editor.state, blocks = paragraphs(doc), fields = plainFields(place);
    const values = fields.map((field) => field.value);
    const texts = [...blocks.map(({ text, language, kept }) => ({ text, language, kept })), ...values.map((text) => ({ text }))];
    let edits;
    try {
      edits = await asked(place, texts);
    } catch {
      tell(editor, say("The signs were not set: the server did not answer. Nothing has changed."));
      return;
    }
    if (!doc.eq(editor.state.doc) || fields.some((field, number) => field.value !== values[number])) continue;
    setText(editor, blocks, edits);
    fields.forEach((field, number) => setField(field, edits[blocks.length + number]));
    editor.view.focus();
    const count = edits.reduce((sum, one) => sum + one.length, 0);
    tell(editor, count ? `${say("Signs set otherwise:")} ${count}. ${say("Undo takes it back.")}` : say("All signs stand as they should."));
    return;
  }
  tell(editor, say("The signs were not set: the text was changed meanwhile. Press the button again."));
}

export const Typography = Extension.create({
  name: "typography",
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "typography",
      groups: "utility",
      button: buttons.material("text_format", "Typography: quotation marks, dashes, spaces"),
      command: (editor) => { typeset(editor); },
    });
  },
});
