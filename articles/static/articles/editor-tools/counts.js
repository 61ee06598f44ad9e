// Words and characters of the text and of what is selected in it, beneath the text, once somebody pauses.
import { Extension } from "django-prose-editor/editor";
import { fill, language, tools } from "newsroom/form";
import { characters, words } from "newsroom/segments";

const PAUSE = 300; // milliseconds
// A paragraph that has not changed is the same object: it is counted once.
let known = new WeakMap(), knownLanguage = "";
let line = null, waits = 0;

const add = (sum, one) => ({ words: sum.words + one.words, all: sum.all + one.all, visible: sum.visible + one.visible });
const NOTHING = { words: 0, all: 0, visible: 0 };

const counted = (text, code) => ({ words: words(text, code), ...characters(text.replaceAll("\n", ""), code) });
const textOf = (node, from, to) => node.textBetween(from, to, null, "\n"); // a line break parts words and is no character

function ofWhole(doc, code) {
  if (code !== knownLanguage) [known, knownLanguage] = [new WeakMap(), code];
  let sum = NOTHING;
  doc.descendants((node) => {
    if (!node.isTextblock) return true;
    if (!known.has(node)) known.set(node, counted(textOf(node, 0, node.content.size), code));
    sum = add(sum, known.get(node));
    return false;
  });
  return sum;
}

function ofSelected({ doc, selection }, code) {
  let sum = NOTHING;
  for (const { $from, $to } of selection.ranges) {
    doc.nodesBetween($from.pos, $to.pos, (node, pos) => {
      if (!node.isTextblock) return true;
      const from = Math.max(0, $from.pos - pos - 1), to = Math.min(node.content.size, $to.pos - pos - 1);
      if (to > from) sum = add(sum, counted(textOf(node, from, to), code));
      return false;
    });
  }
  return sum;
}

const shown = (number) => number.toLocaleString(document.documentElement.lang || undefined);

function worded(text, count) {
  const minutes = count.words ? Math.max(1, Math.round(count.words / Number(tools().dataset.wordsAMinute))) : 0;
  return fill(text, { words: shown(count.words), all: shown(count.all), visible: shown(count.visible), minutes: shown(minutes) });
}

function show(editor) {
  if (editor.isDestroyed) return;
  const { state } = editor, code = language();
  const parts = [worded(line.dataset.whole, ofWhole(state.doc, code))];
  if (!state.selection.empty) parts.push(worded(line.dataset.selected, ofSelected(state, code)));
  line.replaceChildren(...parts.map((text) => Object.assign(document.createElement("span"), { textContent: text })));
}

function later(editor) {
  if (!line) return;
  clearTimeout(waits);
  waits = setTimeout(() => show(editor), PAUSE);
}

export const Counts = Extension.create({
  name: "counts",
  onCreate() {
    line = tools()?.querySelector(".text-counts");
    if (!line) return;
    this.editor.view.dom.closest(".prose-editor").after(line);
    line.hidden = false;
    document.querySelector("#article_form [name=language]")?.addEventListener("change", () => later(this.editor));
    show(this.editor);
  },
  onUpdate() { later(this.editor); },
  onSelectionUpdate() { later(this.editor); },
});
