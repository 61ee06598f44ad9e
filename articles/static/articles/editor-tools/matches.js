// Where a text holds what is looked for.

// Written alike: a letter and the one that many write for it, a blank and the ones that keep words together, a sign and
// the one that “Typography” sets in its place.
const ALIKE = ["её", "ЕЁ", " \u00a0\u202f", "'’", "-\u2011", "\"“”„«»"];
const WORD = /[\p{L}\p{N}\p{M}_]/u;

const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

// One character, whether it is stored whole or as a letter with a sign of its own.
function shapes(character) {
  const same = [...(ALIKE.find((one) => one.includes(character)) || character)];
  const parted = same.map((one) => one.normalize("NFD")).filter((one, at) => one !== same[at]);
  const single = same.map(escaped).join("");
  return parted.length ? `(?:${parted.join("|")}|[${single}])` : `[${single}]`;
}

// Return a pattern for what is looked for; null for nothing. Its parts are literal: it never goes back over a text.
export function pattern(query, { matchesCase, wholeWord }) {
  const characters = [...query.normalize("NFC")];
  if (!characters.length) return null;
  const before = wholeWord && WORD.test(characters[0]) ? "(?<![\\p{L}\\p{N}\\p{M}_])" : "";
  const after = wholeWord && WORD.test(characters.at(-1)) ? "(?![\\p{L}\\p{N}\\p{M}_])" : "";
  // Not the first half of a letter with an accent, nor of an emoji of several parts.
  return new RegExp(`${before}${characters.map(shapes).join("")}(?![\\p{M}\\u200d])${after}`, matchesCase ? "gu" : "giu");
}

// Return `[from, to]` of each place, in units of the text.
export function spans(text, regexp) {
  return [...text.matchAll(regexp)].map((one) => [one.index, one.index + one[0].length]);
}
