// Keepers' lists: what has been swapped in gets the focus; the rest is htmx, and plain forms without it.
"use strict";

function look(element, scrolls) {
  if (!element) return;
  element.setAttribute("tabindex", "-1");
  element.focus({ preventScroll: true });
  if (scrolls) element.scrollIntoView({ block: "start", behavior: "smooth" });
}

document.addEventListener("htmx:afterSettle", (event) => {
  const id = event.detail.target?.id || "";
  if (id === "beneath") look(document.querySelector("#beneath [role=alert], #beneath .kept, #beneath h2"), true);
  if (id.startsWith("row-")) look(document.getElementById(id), false);
});
