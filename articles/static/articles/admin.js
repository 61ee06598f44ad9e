// Names for what the admin's widgets leave nameless, so that a screen reader can say where one is; the address part
// that follows a headline.
"use strict";

function labelOf(field) {
  const label = field.id && document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  return label ? label.textContent.replace("*", "").trim() : "";
}

function name(element, text) {
  if (element && text && !element.hasAttribute("aria-labelledby")) {
    element.setAttribute("aria-label", text);
  }
}

// A list with search is called by its label and what is chosen in it.
function nameChosen(box, select) {
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  if (box && label && !label.id) {
    label.id = `${select.id}-label`;
    box.setAttribute("aria-labelledby", `${label.id} ${box.getAttribute("aria-labelledby")}`);
  }
}

// The button that empties a list of choices stands among them, so it is one of them.
function listClearButton(list) {
  list.querySelector(":scope > .select2-selection__clear")?.setAttribute("role", "listitem");
}

function watchChoices() {
  for (const list of document.querySelectorAll("ul.select2-selection__rendered")) {
    listClearButton(list);
    new MutationObserver(() => listClearButton(list)).observe(list, { childList: true });
  }
  // A heading without words is none.
  for (const heading of document.querySelectorAll("th")) {
    if (!heading.textContent.trim() && !heading.querySelector("input, button, img") && !heading.closest(".prose-editor")) {
      const cell = document.createElement("td");
      cell.className = heading.className;
      heading.replaceWith(cell);
    }
  }
}

// A field in a table of entries beneath a form is called by the heading of its column.
function nameCells() {
  for (const field of document.querySelectorAll("td[data-label] :is(input:not([type=hidden]), select, textarea)")) {
    if (!labelOf(field)) name(field, field.closest("td").dataset.label);
  }
}

function nameWidgets() {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    const widget = select.nextElementSibling;
    name(widget && widget.querySelector(".select2-search__field"), labelOf(select));
    name(widget && widget.querySelector(".select2-selection__rendered[role=textbox]"), labelOf(select));
    nameChosen(widget && widget.querySelector("[role=combobox][aria-labelledby]"), select);
  }
  for (const input of document.querySelectorAll("#result_list td input[type=number], #result_list td input[type=text]")) {
    name(input, input.closest("td").dataset.label || input.name);
  }
  nameCells();
  // A phone shows each cell with its label, which begins with a capital letter like any label.
  for (const cell of document.querySelectorAll("[data-label]")) {
    cell.dataset.label = cell.dataset.label.charAt(0).toUpperCase() + cell.dataset.label.slice(1);
  }
  for (const region of document.querySelectorAll(".simplebar-content-wrapper[role=region]")) {
    const words = document.querySelector("h1")?.textContent.trim().replace(/\s+/g, " ");
    name(region, region.closest("#nav-sidebar") ? iconNames().dock_to_right : words);
  }
}

// The address part is made from the headline while that is written, until a person writes in it. Django's own filling is
// put to rest: it comes when the headline is left, into what is being typed by then.
function followSources({ id, dependency_ids: sources, maxLength, allowUnicode }) {
  const field = document.querySelector(id);
  if (!field) return;
  let follows = !field.value;
  const letters = JSON.parse(field.dataset.letters || "{}"); // as the server writes them, where it says how
  const latin = (text) => [...text.toLowerCase()].map((letter) => letters[letter] ?? letter).join("");
  django.jQuery(field).data("_changed", true);
  field.addEventListener("input", () => { follows = false; });
  for (const source of sources) {
    document.querySelector(source)?.addEventListener("input", () => {
      const words = sources.map((one) => document.querySelector(one)?.value).filter(Boolean).join(" ");
      if (follows) field.value = URLify(latin(words), maxLength, allowUnicode);
    });
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const constants = document.getElementById("django-admin-prepopulated-fields-constants");
  if (constants) JSON.parse(constants.dataset.prepopulatedFields).forEach(followSources);
});
// Unfold writes the name of a chosen file into the text field of its own beside it. Where there is none it would take another
// one, such as that of the credit: it is told that such a field is served.
document.addEventListener("DOMContentLoaded", () => {
  for (const input of document.querySelectorAll("input[type=file]")) {
    const field = input.parentNode.parentNode.parentNode.querySelector("input[type=text]");
    if (!field?.disabled) input.hasChangeListener = true;
  }
});
// What is typed into a search within the form is no change of the form: nobody is to be warned of it.
document.addEventListener("input", (event) => { if (event.target.closest(".pages")) event.stopPropagation(); }, true);
document.addEventListener("formset:added", () => setTimeout(nameWidgets));
window.addEventListener("load", () => {
  setTimeout(() => {
    nameWidgets();
    watchChoices();
    document.body.dataset.named = "yes";
  }, 100);
});

// Who logs out leaves no copy of a text behind in this browser (copies.js makes them): the tabs are told to write none,
// and the form goes when the store is gone.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.id !== "logout-form") return;
  event.preventDefault();
  window.copies?.stop();
  new BroadcastChannel("newsroom-typed").postMessage("stop");
  const asked = indexedDB.deleteDatabase("newsroom-typed");
  asked.onsuccess = asked.onerror = () => form.submit();
  setTimeout(() => form.submit(), 3000); // a tab that holds it does not answer
});

// Who presses a button twice sends a form once. What a script sends by itself has its own way; a form that leaves its page
// where it is, as one that fetches a file does, can be sent again soon.
const AGAIN = 5000; // milliseconds
let sentAt = new WeakMap();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (Date.now() - (sentAt.get(form) || 0) < AGAIN) event.preventDefault();
  else sentAt.set(form, Date.now());
});
window.addEventListener("pageshow", () => { sentAt = new WeakMap(); });

// A jump to a field puts the caret in it, also where what bears its name is hidden: the editor, a list with search.
function goTo(hash) {
  const field = /^#id_\w+$/.test(hash) && document.querySelector(hash);
  if (!field) return null;
  const isHidden = !field.offsetParent || field.classList.contains("select2-hidden-accessible") || field.disabled;
  let seen = field;
  for (let box = field; isHidden && seen === field && box && box.tagName !== "FIELDSET"; box = box.parentElement) {
    seen = box.querySelector(".ProseMirror[contenteditable=true], .select2-selection") || field;
  }
  seen.scrollIntoView({ block: "center" });
  seen.focus({ preventScroll: true });
  return seen;
}
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#id_"]');
  if (link && goTo(link.hash)) event.preventDefault();
});
// What is jumped to from another page may come later than the page, as the editor does, which then takes the place of what
// had the focus. Whoever presses something meanwhile is elsewhere.
let isArriving = true;
for (const kind of ["keydown", "pointerdown"]) window.addEventListener(kind, () => { isArriving = false; }, { once: true });
function arrive(tries) {
  if (!isArriving || !tries) return;
  if (document.activeElement === document.body) goTo(location.hash);
  setTimeout(arrive, 200, tries - 1);
}
window.addEventListener("load", () => {
  if (location.hash) setTimeout(() => { if (goTo(location.hash)) arrive(50); }, 200);
});
