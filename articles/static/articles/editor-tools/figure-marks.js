// Names in the words of what stands in a text as a figure, photos and posts from elsewhere: underlined as they are in the
// text itself. A view that shows such words stands here: { editor, getPos, size, draw }, `size`: how many it holds.
import { known } from "newsroom/photos";

const views = new Set();
export const gone = new Set(); // numbers of posts that there are not
let marks = [];

export const idsOf = (node) => (node.attrs.photos || "").split(" ").filter(Boolean).map(Number);
export const isThere = (id) => known.get(id) !== null;

export function sizeOf(node) {
  if (node.type.name === "photos") return idsOf(node).filter(isThere).length;
  return node.type.name === "keptPost" && !gone.has(String(node.attrs.post)) ? 1 : 0;
}

// As the server counts them: the photos and posts that there are, one after the other.
export function firstNumber(doc, at) {
  let before = 0;
  doc.descendants((node, pos) => { if (pos < at) before += sizeOf(node); });
  return before;
}

const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });

// A text of the figure with that number, as an element; `part` as the server names it.
export function underlined(text, number, part) {
  const line = make("span", part), own = marks.filter((one) => one.number === number && one.part === part);
  let done = 0;
  for (const { from, to, kind, surface } of own.sort((a, b) => a.from - b.from)) {
    if (from < done || !text.slice(from, to)) continue;
    line.append(text.slice(done, from), Object.assign(make("span", `live-mark ${kind}`, text.slice(from, to)), { title: surface }));
    done = to;
  }
  line.append(text.slice(done));
  return line;
}

// Draw the view whenever other names are found; returns what ends that.
export function stand(view) {
  views.add(view);
  return () => views.delete(view);
}

export const redraw = () => { for (const view of views) view.draw(); };

document.addEventListener("live-marks", (event) => {
  marks = event.detail.filter((one) => one.field === "figures");
  redraw();
});

document.addEventListener("show-photo", ({ detail }) => {
  const shows = (one) => {
    const first = firstNumber(one.editor.state.doc, one.getPos());
    return first <= detail && detail < first + one.size();
  };
  const view = [...views].find(shows);
  view?.editor.chain().focus().setNodeSelection(view.getPos()).scrollIntoView().run();
});
