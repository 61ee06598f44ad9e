// What comes in by a paste is made into what the schema understands, before it reads it: lists that Word sends as
// paragraphs, notes, links without what only counts, pictures of emoji. Golden files of it: tests/editions/pasted.
// The list of what counts stands in the options (`editions.tracking`, whose `untracked` this one follows).
import { Extension, pm } from "django-prose-editor/editor";

const BLOCKS = "p, div, ul, ol, li, table, h1, h2, h3, h4, h5, h6, blockquote, pre, section, article, hr";
const HEADINGS = { H1: "h2", H4: "h3", H5: "h3", H6: "h3" }; // what the editor does not offer
const NOTE = /#_?(?:ftn|edn|sdfootnote|sdendnote|ftnt)/i;
const EMOJI = /^[\p{Extended_Pictographic}\p{Emoji_Component}]{1,20}$/u;
const MOST = 5; // pages that lead on to one another

export function untracked(address, { prefixes, parameters, ofHosts, redirects }) {
  const counts = (name, host) => parameters.includes(name) || prefixes.some((one) => name.startsWith(one)) || ofHosts[host]?.includes(name);
  const nameOf = (pair) => pair.split("=", 1)[0];
  const decoded = (text) => { try { return decodeURIComponent(text); } catch { return ""; } };
  for (let led = 0; led < MOST; led += 1) {
    const found = /^(https?:\/\/([^/?#]+)([^?#]*))\?([^#]*)(#.*)?$/is.exec(address);
    if (!found) return address;
    const [, bare, authority, path, query, fragment = ""] = found;
    const host = authority.slice(authority.lastIndexOf("@") + 1).toLowerCase().replace(/^(?:www|m)\./, "");
    const pairs = query.split("&");
    const target = (redirects[host + path] || [])
      .flatMap((name) => pairs.filter((pair) => nameOf(pair) === name).map((pair) => decoded(pair.slice(name.length + 1))))
      .find((one) => /^https?:\/\/[^/?#\s]/i.test(one));
    if (!target) {
      const kept = pairs.filter((pair) => !counts(nameOf(pair).toLowerCase(), host));
      return bare + (kept.length ? `?${kept.join("&")}` : "") + fragment;
    }
    address = target;
  }
  return address;
}

const unwrap = (element) => element.replaceWith(...element.childNodes);

function renamed(element, name) {
  const made = element.ownerDocument.createElement(name);
  for (const key of ["dir", "lang"]) if (element.hasAttribute(key)) made.setAttribute(key, element.getAttribute(key));
  made.append(...element.childNodes);
  element.replaceWith(made);
  return made;
}

// What the page or the program did not show, and what a tracked change has taken out.
function dropUnseen(body) {
  const unseen = [...body.querySelectorAll("[style]")].filter((one) => /display:\s*none|mso-hide:\s*all/i.test(one.getAttribute("style")));
  const gone = body.querySelectorAll("[hidden], button, script, style, noscript, title, del[cite^='mailto:'], [style*='mso-element:comment-list']");
  for (const one of [...unseen, ...gone]) one.remove();
  for (const one of body.querySelectorAll("img")) {
    const alt = one.alt.trim();
    if (EMOJI.test(alt)) one.replaceWith(alt);
    else if (one.getAttribute("width") === "1" && one.getAttribute("height") === "1") one.remove();
  }
}

// A note of a word processor stays as text: its sign in brackets where it stood, its words where they were sent.
function noteSigns(body) {
  for (const link of body.querySelectorAll("a[href*='#']")) {
    const isNote = NOTE.test(link.getAttribute("href"));
    if (isNote) {
      const sign = link.textContent.trim().replace(/^\[|\]$/g, "");
      const around = link.parentElement?.closest("sup");
      const begins = !link.closest("p, div")?.textContent.trimStart().indexOf(link.textContent.trim());
      const text = `[${sign}]${begins && !/^\s/.test(link.nextSibling?.textContent || " ") ? " " : ""}`;
      if (around && around.textContent.trim() === link.textContent.trim()) around.replaceWith(text);
      else link.replaceWith(text);
    } else if (link.getAttribute("href").startsWith("#")) unwrap(link);
  }
  for (const line of body.querySelectorAll("[style*='mso-element:footnote-list'] > hr, [style*='mso-element:footnote-list'] > br")) line.remove();
}

// Word sends an item as a paragraph that says in its style which list it belongs to, how deep, and shows its sign.
function wordLists(body) {
  let lists = [], last = null;
  for (const item of [...body.querySelectorAll("p[style*='mso-list'], h1[style*='mso-list'], h2[style*='mso-list'], h3[style*='mso-list']")]) {
    const said = /mso-list:\s*(l\d+)\s+level(\d)/i.exec(item.getAttribute("style"));
    const sign = item.querySelector("[style*='mso-list:Ignore' i], [style*='mso-list: Ignore' i]");
    if (!said || !sign || /^H/.test(item.tagName)) { // a numbered heading is no list
      if (sign) sign.before(`${sign.textContent.trim()} `);
      sign?.remove();
      continue;
    }
    const level = Number(said[2]), ordered = /^\(?(?:\d+|[\p{L}]{1,5})(?:[.)]|\.\d)/u.test(sign.textContent.trim());
    sign.remove();
    const goes = last && last.nextElementSibling === item && lists.length && lists[0].name === said[1];
    if (!goes) lists = [];
    while (lists.length && lists.at(-1).level > level) lists.pop();
    if (!lists.length || lists.at(-1).level < level) {
      const list = body.ownerDocument.createElement(ordered ? "ol" : "ul");
      if (lists.length) lists.at(-1).list.lastElementChild.append(list);
      else item.before(list);
      lists.push({ level, list, name: said[1] });
    }
    const entry = body.ownerDocument.createElement("li");
    lists.at(-1).list.append(entry);
    item.removeAttribute("style");
    entry.append(item);
    last = lists[0].list;
  }
}

// A list that stands in a list beside the item it belongs to, as Google Docs sends it.
function nestLists(body) {
  for (const list of body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) {
    const item = list.previousElementSibling;
    if (item?.tagName === "LI") item.append(list);
  }
}

// A message has no paragraphs: two line breaks stand for one.
function paragraphs(body) {
  if (body.querySelector(BLOCKS)) return;
  const parts = body.innerHTML.split(/(?:\s*<br[^>]*>\s*){2,}/i);
  if (parts.length > 1) body.innerHTML = parts.filter((part) => part.trim()).map((part) => `<p>${part}</p>`).join("");
}

// The schema holds no pictures (`editor.js` tells them): the line break that stood beside one goes with it.
function pictures(body) {
  for (const one of body.querySelectorAll("img")) {
    const beside = one.nextElementSibling;
    const between = beside ? body.ownerDocument.createRange() : null;
    between?.setStartAfter(one);
    between?.setEndBefore(beside);
    if (beside?.tagName === "BR" && !between.toString().trim()) beside.remove();
    one.remove();
  }
}

export function mended(html, tracking) {
  if (html.includes("data-pm-slice")) return html; // the editor's own
  const { body } = new DOMParser().parseFromString(html, "text/html");
  dropUnseen(body);
  pictures(body);
  // Each of its paragraphs is said to run from left to right, as any does that says nothing.
  if (body.querySelector("[id^=docs-internal-guid]")) for (const one of body.querySelectorAll("[dir=ltr]")) one.removeAttribute("dir");
  noteSigns(body);
  wordLists(body);
  nestLists(body);
  for (const one of body.querySelectorAll("p.MsoQuote, p.MsoIntenseQuote")) {
    const quote = body.ownerDocument.createElement("blockquote");
    one.replaceWith(quote);
    quote.append(one);
  }
  for (const one of body.querySelectorAll(Object.keys(HEADINGS).join())) renamed(one, HEADINGS[one.tagName]);
  for (const one of body.querySelectorAll("b, strong, em, i")) { // Google Docs puts all it sends into a `b` that is none
    if (/font-(?:weight|style):\s*normal/i.test(one.getAttribute("style") || "") && !/mso-/.test(one.getAttribute("style"))) unwrap(one);
  }
  for (const link of body.querySelectorAll("a[href]")) link.setAttribute("href", untracked(link.getAttribute("href"), tracking));
  paragraphs(body);
  return body.innerHTML;
}

export const Paste = Extension.create({
  name: "paste",
  addOptions: () => ({ prefixes: [], parameters: [], ofHosts: {}, redirects: {} }),
  addProseMirrorPlugins() {
    return [new pm.state.Plugin({ props: { transformPastedHTML: (html) => mended(html, this.options) } })];
  },
});
