// How people count: characters as they see them (an emoji of several parts is one, a letter with its accent is one),
// words as the language parts them.

const made = new Map();
// Texts of which each unit is a character of its own; all others are taken apart with care.
const PLAIN = /^[\n\x20-\x7e\u00a0-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20c0\u2116]*$/;

function segments(text, language, granularity) {
  if (!Intl.Segmenter) return roughly(text, granularity);
  const key = `${language} ${granularity}`;
  if (!made.has(key)) made.set(key, new Intl.Segmenter(language || undefined, { granularity }));
  return made.get(key).segment(text);
}

// Of a browser from before 2024.
function roughly(text, granularity) {
  if (granularity === "word") return text.match(/[\p{L}\p{N}]+/gu)?.map(() => ({ isWordLike: true })) || [];
  return [...text].map((segment) => ({ segment }));
}

// Return how many characters there are, and how many of them are no blanks.
export function characters(text, language) {
  if (PLAIN.test(text)) return { all: text.length, visible: text.replace(/\s/g, "").length };
  let all = 0, visible = 0;
  for (const { segment } of segments(text, language, "grapheme")) {
    all += 1;
    if (/\S/.test(segment)) visible += 1;
  }
  return { all, visible };
}

export function words(text, language) {
  let count = 0;
  for (const { isWordLike } of segments(text, language, "word")) count += isWordLike ? 1 : 0;
  return count;
}
