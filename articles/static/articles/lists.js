// Keepers' lists: what has been swapped in gets the focus; the rest is htmx.
"use strict";

let touched = false;

function look(element, scrolls) {
  if (!element) return;
  element.setAttribute("tabindex", "-1");
  element.focus({ preventScroll: true });
  if (scrolls) element.scrollIntoView({ block: "start", behavior: "smooth" });
}

// Once all names are counted the lines change places, unless somebody has begun to work on them.
function showCounted() {
  if (document.getElementById("counted") && !touched && !document.activeElement?.closest(".row")) location.reload();
}

document.addEventListener("input", () => { touched = true; });
document.addEventListener("htmx:afterSettle", (event) => {
  const id = event.detail.target?.id || "";
  if (id === "beneath") look(document.querySelector("#beneath [role=alert], #beneath .kept, #beneath h2"), true);
  if (id.startsWith("row-")) look(document.getElementById(id), false);
  if (id === "counting") showCounted();
});
