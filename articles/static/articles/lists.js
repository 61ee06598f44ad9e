// Keepers' lists: what has been swapped in gets the attention; the rest is htmx, and plain forms without it.
"use strict";

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "beneath") return;
  const first = document.querySelector("#beneath [role=alert], #beneath .kept, #beneath h2");
  if (!first) return;
  first.setAttribute("tabindex", "-1");
  first.focus({ preventScroll: true });
  first.scrollIntoView({ block: "start", behavior: "smooth" });
});
