// What the tools of an article's form have in common: its fields, its language, the keys that are pressed.

export const say = (text) => (window.gettext ? gettext(text) : text);

// The texts of the page's template come with their gaps named: “{at} of {all}”.
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (gap, name) => (name in values ? String(values[name]) : gap));

export const tools = () => document.getElementById("editor-tools");

export function plainFields() {
  return (tools()?.dataset.fields || "").split(" ").filter((name) => name && name !== "body")
    .map((name) => document.querySelector(`#article_form [name="${name}"]`))
    .filter((field) => field && !field.disabled && !field.readOnly && field.offsetParent && !field.closest("[inert]"));
}

export const language = () => document.querySelector("#article_form [name=language]")?.value || document.documentElement.lang || "en";

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

// Say whether an event is of these keys, named as the editor names them: "Mod-Shift-f". A letter is known by its place as
// well: with a Cyrillic layout Ctrl+F comes as “а”.
export function pressed(event, keys) {
  const parts = keys.split("-"), key = parts.pop();
  const wants = (name) => parts.includes(name);
  if (event.ctrlKey !== (wants("Ctrl") || (wants("Mod") && !isMac)) || event.metaKey !== (wants("Mod") && isMac)) return false;
  if (event.altKey !== wants("Alt")) return false;
  if (key === "?") return event.key === "?"; // on each layout with Shift or without
  if (event.shiftKey !== wants("Shift")) return false;
  return event.key.toLowerCase() === key.toLowerCase() || (/^[a-z]$/.test(key) && event.code === `Key${key.toUpperCase()}`);
}

// As if typed: the browser's own Undo takes it back in one step, and what listens to the field hears of it. Takes the
// focus; returns whether the field holds the text now.
export function typeOver(field, value) {
  field.focus({ preventScroll: true });
  field.select();
  document.execCommand(value ? "insertText" : "delete", false, value);
  return field.value === value;
}
