// How people count: characters as they see them (an emoji of several parts is one, a letter with its accent is one),
// words as the language parts them.

const made = new Map();
// Texts of which each unit is a character of its own; all others are taken apart with care.
const PLAIN = /^[\n\x20-\x7e\u00a0-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20c0\u2116]*$/;

function segmenter(language, granularity) {
  const key = `${language} ${granularity}`;
  if (!made.has(key)) made.set(key, new Intl.Segmenter(language || undefined, { granularity }));
  return made.get(key);
}

// Return how many characters there are, and how many of them are no blanks.
export function characters(text, language) {
  if (PLAIN.test(text)) return { all: text.length, visible: text.replace(/\s/g, "").length };
  let all = 0, visible = 0;
  for (const { segment } of segmenter(language, "grapheme").segment(text)) {
    all += 1;
    if (/\S/.test(segment)) visible += 1;
  }
  return { all, visible };
}

export function words(text, language) {
  let count = 0;
  for (const { isWordLike } of segmenter(language, "word").segment(text)) count += isWordLike ? 1 : 0;
  return count;
}
