// Own photos as the server tells of them, and what the article says of them otherwise than they do themselves.
import { language } from "newsroom/form";

export const box = () => document.getElementById("figures");
export const known = new Map(); // id → photo, null for one that is gone
const PICTURE = /^image\/(?:jpeg|png|webp|hei[cf])$/;

const field = () => document.querySelector("#article_form [name=figure_texts]");

async function get(query) {
  const got = await fetch(`${box().dataset.choose}?${query}`, { redirect: "error", headers: { Accept: "application/json" } });
  if (!got.ok) throw new Error(String(got.status));
  const found = await got.json();
  for (const one of found.photos) known.set(one.id, one);
  return found;
}

export const search = (q, page) => get(new URLSearchParams({ q, page: String(page), language: language() }));

// Fetch those that are not known yet; `known` holds null for those that there are not.
export async function load(ids) {
  const asked = ids.filter((id) => !known.has(id));
  if (!asked.length) return;
  await get(new URLSearchParams({ ids: asked.join(","), language: language() }));
  for (const id of asked) if (!known.has(id)) known.set(id, null);
}

// Return the photo that was made of a file. Throws an error in words.
export async function upload(file, credit = "") {
  const { value } = document.querySelector("#article_form [name=csrfmiddlewaretoken]");
  const fields = { credit, language: language(), csrfmiddlewaretoken: value };
  const { photo, problem } = await window.sendPhoto(box().dataset.upload, file, fields);
  if (!photo) throw new Error(`${file.name || ""} ${problem || box().dataset.failed}`.trim());
  known.set(photo.id, photo);
  return photo;
}

export const mayUpload = () => "mayUpload" in (box()?.dataset || {});
export const pictures = (files) => [...(files || [])].filter((file) => PICTURE.test(file.type));

function texts() {
  try {
    return JSON.parse(field()?.value || "{}") || {};
  } catch {
    return {};
  }
}

// What this article says of a photo: { alt, caption }, as far as it says anything of its own.
export const own = (id) => texts()[id] || {};

export function say(id, words) {
  const all = texts(), kept = Object.fromEntries(Object.entries(words).filter(([, text]) => text.trim()));
  if (JSON.stringify(kept) === JSON.stringify(all[id] || {})) return;
  delete all[id];
  if (Object.keys(kept).length) all[id] = kept;
  field().value = Object.keys(all).length ? JSON.stringify(all) : "";
  field().dispatchEvent(new Event("input", { bubbles: true }));
}

// What will be printed of a photo: { alt, caption, credit }.
export function printed(id) {
  const photo = known.get(id) || {}, said = own(id);
  return { alt: said.alt || photo.alt || "", caption: said.caption || photo.caption || "", credit: photo.credit || "" };
}
