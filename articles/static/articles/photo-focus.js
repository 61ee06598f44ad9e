// The focal point: a click on the picture writes the two numbers, and the numbers move the point; beneath stand the
// pictures as they are cut around it, by the rule of the server.
"use strict";

(() => {
  const across = document.getElementById("id_focal_x"), down = document.getElementById("id_focal_y");
  const picture = document.querySelector("img.picture"), crops = document.getElementById("crops");
  if (!across || !down || !picture || !crops) return;
  const frame = document.createElement("span"), point = document.createElement("span"), hint = document.createElement("p");
  frame.className = "focal";
  point.className = "point";
  hint.className = "focal-hint";
  hint.textContent = crops.dataset.hint;
  picture.before(frame);
  frame.append(picture, point);
  frame.after(hint);
  hint.after(crops);
  crops.hidden = false;

  const within = (value) => Math.min(Math.max(Number.isFinite(value) ? value : 0.5, 0), 1);
  const number = (field) => within(parseFloat(field.value.replace(",", ".")));

  function cut(box, x, y) {
    const width = picture.naturalWidth, height = picture.naturalHeight, ratio = Number(box.dataset.ratio);
    if (!width) return;
    const wide = Math.min(width, Math.round(height * ratio)), high = Math.min(height, Math.round(width / ratio));
    const left = Math.min(Math.max(width * x - wide / 2, 0), width - wide);
    const top = Math.min(Math.max(height * y - high / 2, 0), height - high);
    const scale = box.clientHeight / high;
    let shown = box.querySelector("img");
    if (!shown) {
      shown = document.createElement("img");
      shown.src = picture.src;
      shown.alt = "";
      box.append(shown);
    }
    box.style.width = `${box.clientHeight * ratio}px`;
    shown.style.width = `${width * scale}px`;
    shown.style.left = `${-left * scale}px`;
    shown.style.top = `${-top * scale}px`;
  }

  function show() {
    const x = number(across), y = number(down);
    point.style.left = `${x * 100}%`;
    point.style.top = `${y * 100}%`;
    for (const box of crops.querySelectorAll(".crop")) cut(box, x, y);
  }

  frame.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect();
    across.value = within((event.clientX - box.left) / box.width).toFixed(3);
    down.value = within((event.clientY - box.top) / box.height).toFixed(3);
    for (const field of [across, down]) field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  for (const field of [across, down]) field.addEventListener("input", show);
  picture.addEventListener("load", show);
  show();
})();
