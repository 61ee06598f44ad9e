// Saving by a key, as anywhere else: the browser's own would store the page as a file. And the sheet of keys: by “?” where
// nobody writes, and by a button. Its rows stand in the page; the names of the keys are those of this machine.
import { Extension } from "django-prose-editor/editor";
import { isMac, pressed } from "newsroom/form";

const NAMES = isMac ? { Mod: "⌘", Shift: "⇧", Alt: "⌥", Escape: "Esc" } : { Mod: "Ctrl", Escape: "Esc" };

const sheet = () => document.getElementById("shortcuts");

function named(keys) {
  const box = document.createElement("span");
  keys.split("-").forEach((key, at) => {
    if (at) box.append(isMac ? "" : "+");
    box.append(Object.assign(document.createElement("kbd"), { textContent: NAMES[key] || (key.length === 1 ? key.toUpperCase() : key) }));
  });
  return box;
}

function open() {
  const dialog = sheet();
  if (!dialog || dialog.open || document.querySelector("dialog[open]")) return;
  for (const row of dialog.querySelectorAll("[data-keys]")) {
    row.replaceChildren(...row.dataset.keys.split(" ").flatMap((keys, at) => (at ? [" / ", named(keys)] : [named(keys)])));
  }
  dialog.showModal();
}

const writes = (element) => element.isContentEditable || element.matches("input, textarea, select");

document.addEventListener("keydown", (event) => {
  if (event.target instanceof Element && !writes(event.target) && pressed(event, "?") && sheet()) {
    event.preventDefault();
    open();
  }
  const button = document.querySelector("button[name=_save]");
  if (pressed(event, "Mod-s") && button) {
    event.preventDefault();
    if (!document.querySelector("dialog[open]")) button.click();
  }
});

export const Shortcuts = Extension.create({
  name: "shortcuts",
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "shortcuts",
      groups: "utility",
      button: buttons.material("keyboard", "Keyboard shortcuts"),
      command: () => open(),
    });
  },
});
