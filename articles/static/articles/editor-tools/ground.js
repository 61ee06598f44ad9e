// A plain field cannot show where something stands in it: a ground that lies over it, letter upon letter, does.

// What a ground takes over from its field.
const SAME = ["font", "letterSpacing", "wordSpacing", "textIndent", "textAlign", "direction", "textTransform", "tabSize",
  "paddingTop", "paddingRight", "paddingBottom", "paddingLeft", "borderTopWidth", "borderRightWidth",
  "borderBottomWidth", "borderLeftWidth", "boxSizing", "lineHeight"];
const grounds = new WeakMap(); // a field → its grounds, by their layers

// Draw pieces `{ from, to, className }`, in units of the field's text, on the ground of one layer.
export function draw(field, layer, pieces) {
  const own = grounds.get(field) || {};
  grounds.set(field, own);
  if (!own[layer]) {
    if (!pieces.length) return;
    own[layer] = made(field, layer);
  }
  const parts = [];
  let at = 0;
  for (const piece of [...pieces].sort((one, other) => one.from - other.from)) {
    if (piece.from < at) continue;
    const drawn = Object.assign(document.createElement("u"), { className: piece.className });
    drawn.textContent = field.value.slice(piece.from, piece.to);
    parts.push(field.value.slice(at, piece.from), drawn);
    at = piece.to;
  }
  own[layer].replaceChildren(...parts, field.value.slice(at) + "\n");
  lay(field, own[layer]);
}

export function empty(field, layer) {
  grounds.get(field)?.[layer]?.replaceChildren();
}

function made(field, layer) {
  const ground = Object.assign(document.createElement("div"), { className: `ground ${layer}` });
  ground.setAttribute("aria-hidden", "true");
  field.after(ground);
  new ResizeObserver(() => lay(field, ground)).observe(field);
  field.addEventListener("scroll", () => follow(field, ground));
  return ground;
}

function lay(field, ground) {
  const style = getComputedStyle(field);
  for (const name of SAME) ground.style[name] = style[name];
  ground.style.whiteSpace = field.tagName === "TEXTAREA" ? "pre-wrap" : "pre";
  for (const [name, value] of [["left", field.offsetLeft], ["top", field.offsetTop], ["width", field.offsetWidth], ["height", field.offsetHeight]]) {
    ground.style[name] = `${value}px`;
  }
  follow(field, ground);
}

function follow(field, ground) {
  ground.scrollTop = field.scrollTop;
  ground.scrollLeft = field.scrollLeft;
}
