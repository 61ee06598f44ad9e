// How much of a headline and a summary others show before they cut it: said beneath the field, never in the way.
import { fill, language } from "newsroom/form";
import { characters } from "newsroom/segments";

function show(field, hint) {
  const said = hint.dataset, { all } = characters(field.value, language());
  const cuts = JSON.parse(document.getElementById(said.places).textContent).filter(([shown]) => all > shown);
  const where = cuts.map(([shown, name]) => fill(said.cut, { name, shown })).join(", ");
  hint.textContent = where ? fill(said.long, { count: all, where }) : fill(said.fits, { count: all });
  hint.classList.toggle("over", cuts.length > 0);
}

for (const hint of document.querySelectorAll("#editor-tools .length-hint")) {
  const field = document.querySelector(`#article_form [name="${hint.dataset.field}"]`);
  if (!field) continue;
  field.parentElement.append(hint);
  hint.hidden = false;
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${hint.id}`.trim());
  field.addEventListener("input", () => show(field, hint));
  show(field, hint);
}
