// Writing on the whole screen: the text with its buttons, and above it the line that says where it is kept. All else of
// the page is out of reach meanwhile, for the keyboard and for a screen reader as well.
import { Extension } from "django-prose-editor/editor";
import { pressed, tools } from "newsroom/form";

let editor = null, isOn = false, quiet = [];

const line = () => document.getElementById("typed");
const panel = () => editor.view.dom.closest(".prose-editor").parentElement;

function silence(node, kept) {
  for (const child of node.children) {
    if (kept.includes(child) || child.inert) continue;
    if (kept.some((one) => child.contains(one))) silence(child, kept);
    else {
      child.inert = true;
      quiet.push(child);
    }
  }
}

function measure() {
  document.documentElement.style.setProperty("--state-line", `${line()?.offsetHeight || 0}px`);
}

function set(on) {
  if (isOn === on) return;
  isOn = on;
  const focused = document.activeElement;
  document.body.classList.toggle("full-screen", on);
  panel().classList.toggle("full-screen-panel", on);
  for (const one of quiet) one.inert = false;
  quiet = [];
  if (on) {
    measure();
    const kept = [panel(), line(), tools(), document.getElementById("live-marks"), ...document.querySelectorAll("dialog")];
    silence(document.body, kept.filter(Boolean));
  }
  tools().querySelector("[data-part=full-screen]").textContent = on ? tools().dataset.fullScreen : "";
  if (panel().contains(focused)) focused.focus({ preventScroll: true });
  else editor.view.focus();
  editor.view.dispatch(editor.state.tr.setMeta("addToHistory", false)); // the button shows how it is now
  const { node } = editor.view.domAtPos(editor.state.selection.head);
  (node instanceof Element ? node : node.parentElement)?.scrollIntoView({ block: on ? "nearest" : "center" });
}

// What is open above the text is closed by the same key first.
function isCovered() {
  const open = "dialog[open], :popover-open, #find-bar:not([hidden]), #live-marks .at-caret:not([hidden])";
  return Boolean(document.querySelector(open));
}

function keyed(event) {
  if (pressed(event, "Mod-Shift-f") && (isOn || event.target.closest?.("#article_form"))) {
    event.preventDefault();
    set(!isOn);
  } else if (isOn && pressed(event, "Escape") && !isCovered()) {
    event.preventDefault();
    set(false);
  }
}

function begin(created) {
  if (!tools() || !created.view.dom.closest("#article_form")) return;
  editor = created;
  document.addEventListener("keydown", keyed, true); // before those who close what is open
  if (line()) new ResizeObserver(() => { if (isOn) measure(); }).observe(line());
}

export const FullScreen = Extension.create({
  name: "fullScreen",
  onCreate() { begin(this.editor); },
  addMenuItems({ buttons, menu }) {
    const button = buttons.material("fullscreen", "Toggle fullscreen");
    menu.defineItem({
      name: "fullScreen",
      groups: "utility",
      button,
      command: () => { if (editor) set(!isOn); },
      active: () => isOn,
      update: () => {
        button.textContent = isOn ? "fullscreen_exit" : "fullscreen";
        button.setAttribute("aria-pressed", String(isOn));
      },
    });
  },
});
