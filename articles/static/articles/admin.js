// Names for what the admin's widgets leave nameless, so that a screen reader can say where one is.
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
    if (!heading.textContent.trim() && !heading.querySelector("input, button, img")) {
      const cell = document.createElement("td");
      cell.className = heading.className;
      heading.replaceWith(cell);
    }
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
  for (const region of document.querySelectorAll(".simplebar-content-wrapper[role=region]")) {
    const inSidebar = region.closest("#nav-sidebar");
    name(region, (inSidebar ? "" : document.querySelector("h1")?.textContent.trim()) || "");
  }
}

// The editor writes the names of its buttons in English only; the page's catalog (locale/…/djangojs.po) knows them.
function translateMenu(menu) {
  for (const button of menu.querySelectorAll("[title]")) {
    button.title = gettext(button.title);
    button.setAttribute("aria-label", button.title);
  }
  for (const choice of menu.querySelectorAll(".prose-menubar__option > *")) {
    const text = gettext(choice.textContent);
    if (text !== choice.textContent) choice.textContent = text;
  }
}

document.addEventListener("prose-editor:ready", (event) => {
  const text = event.detail.editor.view.dom;
  name(text, labelOf(event.detail.textarea));
  // The menu is put beside the text only after the editor has said that it is ready.
  setTimeout(() => {
    const menu = text.closest(".prose-editor")?.querySelector(".prose-menubar");
    if (menu && window.gettext) {
      translateMenu(menu);
      new MutationObserver(() => translateMenu(menu)).observe(menu, { childList: true, subtree: true });
    }
  });
});
document.addEventListener("formset:added", () => setTimeout(nameWidgets));
window.addEventListener("load", () => {
  setTimeout(nameWidgets, 100);
  setTimeout(watchChoices, 100);
});
