// What Unfold lets only a mouse press, keys press too: the account menu with languages and "Log out", the button that
// shows the navigation, filters, "more" beside a field. Each becomes a button with a name; Escape closes what it opened.
// And what scrolls takes the focus.
"use strict";

const PRESSED = "[x-on\\:click]";
const NATIVE = "a[href], button, input, select, textarea, summary, label, form, body, html, template";

function iconNames() {
  const said = document.getElementById("icon-names");
  return said ? JSON.parse(said.textContent) : {};
}

// What a press opens: a menu beside it, or one that stands at the end of the page and is tied to it by its name.
function opened(one) {
  const key = one.getAttribute("x-ref");
  const menus = [...document.querySelectorAll("nav[x-show]")];
  return menus.find((menu) => (key && menuKey(menu).includes(key)) || menu.parentElement === one.parentElement);
}

function menuKey(menu) {
  return [...menu.attributes].filter((one) => one.name.startsWith("x-anchor")).map((one) => one.value).join(" ");
}

function isOpen(menu) {
  return Boolean(menu) && menu.checkVisibility();
}

function tellOpen(one) {
  const menu = opened(one);
  if (menu) one.setAttribute("aria-expanded", String(isOpen(menu)));
}

function letKeysPress(root = document) {
  const names = iconNames();
  for (const one of root.querySelectorAll(PRESSED)) {
    if (one.matches(NATIVE) || one.dataset.pressed) continue;
    one.dataset.pressed = "yes";
    one.setAttribute("role", "button");
    one.tabIndex = 0;
    const icon = one.matches(".material-symbols-outlined") ? one : one.querySelector(".material-symbols-outlined");
    const words = [...one.childNodes].some((node) => node !== icon && node.textContent.trim());
    if (icon && one !== icon) icon.setAttribute("aria-hidden", "true");
    if (!words) one.setAttribute("aria-label", names[icon?.textContent.trim() || "close"] || names.more_vert || "");
    tellOpen(one);
  }
}

// What scrolls can be scrolled with keys: in most browsers only what takes the focus, or holds what does.
function letKeysScroll() {
  for (const one of document.querySelectorAll("#content :is(ul, ol, div, pre, section, table)")) {
    const scrolls = one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1;
    if (!scrolls || one.hasAttribute("tabindex") || !/auto|scroll/.test(getComputedStyle(one).overflow)) continue;
    if (!one.querySelector("a[href], button, input, select, textarea, summary, [tabindex]")) one.tabIndex = 0;
  }
}

document.addEventListener("keydown", (event) => {
  const one = event.target.closest?.("[data-pressed]");
  if (one && event.target === one && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    one.click();
    setTimeout(() => {
      const menu = opened(one);
      tellOpen(one);
      if (isOpen(menu)) menu.querySelector("a, button, [tabindex]")?.focus();
    }, 200); // the menu comes with a transition
  }
  if (event.key === "Escape") {
    const menu = event.target.closest?.("nav[x-show]");
    const its = [...document.querySelectorAll("[data-pressed]")].find((button) => isOpen(menu) && opened(button) === menu);
    if (its) {
      its.click();
      its.focus();
      setTimeout(() => tellOpen(its), 200);
    }
  }
});
document.addEventListener("click", () => setTimeout(() => document.querySelectorAll("[data-pressed]").forEach(tellOpen), 250));
document.addEventListener("DOMContentLoaded", () => letKeysPress());
window.addEventListener("load", () => {
  letKeysPress(); // and what Alpine has put elsewhere meanwhile
  letKeysScroll();
});
document.addEventListener("htmx:afterSettle", letKeysScroll);
document.addEventListener("formset:added", (event) => setTimeout(() => letKeysPress(event.target)));
