// The dialog of photos in the text: own ones found by words, new ones uploaded, what this article says of each, and where
// they stand. It gives back what was chosen, or nothing.
import { fill } from "newsroom/form";
import { box, known, load, mayUpload, own, pictures, say, search, upload } from "newsroom/photos";

const PAUSE = 250; // milliseconds after the last letter
const dialog = () => document.getElementById("figure-dialog");
const part = (name) => dialog().querySelector(`[data-part=${name}]`);
const copy = (name) => document.getElementById(name).content.firstElementChild.cloneNode(true);

let chosen = [], next = null, waits = 0, asked = 0, said = 0, resolve = null;

const tell = (text) => { said += 1; part("told").textContent = text; };

function shown(item, photo) {
  item.querySelector("img").src = photo?.thumb || "";
  const name = item.querySelector("[data-part=name]");
  if (name) name.textContent = photo ? photo.caption || photo.alt || fill(box().dataset.number, { id: photo.id }) : box().dataset.gone;
  return item;
}

function offered(photo) {
  const item = shown(copy("figure-found"), photo), button = item.querySelector("button");
  button.setAttribute("aria-pressed", String(chosen.includes(photo.id)));
  button.dataset.id = photo.id;
  button.addEventListener("click", () => (chosen.includes(photo.id) ? leaveOut(photo.id) : take([photo.id])));
  return item;
}

// A search that answers late takes no word away that was said meanwhile of a file.
async function find(page) {
  const turn = ++asked, before = said;
  const answer = (text) => { if (said === before) tell(text); };
  try {
    const found = await search(part("query").value, page);
    if (turn !== asked) return;
    const items = found.photos.map(offered);
    if (page === 1) part("found").replaceChildren(...items);
    else part("found").append(...items);
    next = found.next;
    part("more").hidden = !next;
    if (page > 1) items[0]?.querySelector("button").focus();
    answer(part("found").children.length ? "" : box().dataset.none);
  } catch {
    if (turn === asked) answer(box().dataset.unanswered);
  }
}

// What stands in the fields of the chosen photos is kept while others are added or moved.
function drafts() {
  return new Map([...part("chosen").children].map((item) => [Number(item.dataset.id), words(item)]));
}

const words = (item) => ({ alt: item.querySelector("[name=alt]").value.trim(), caption: item.querySelector("[name=caption]").value.trim() });

function row(id, draft, number) {
  const photo = known.get(id), item = shown(copy("figure-chosen"), photo);
  item.dataset.id = id;
  for (const name of ["alt", "caption"]) {
    const input = item.querySelector(`[name=${name}]`);
    input.id = `figure-${name}-${id}`;
    input.value = draft[name] || "";
    input.placeholder = photo?.[name] || "";
    item.querySelector(`[data-for=${name}]`).htmlFor = input.id;
  }
  const credit = item.querySelector("[data-part=credit]");
  credit.textContent = photo?.credit ? fill(box().dataset.credit, { credit: photo.credit }) : box().dataset.nocredit;
  const page = item.querySelector("a");
  page.href = box().dataset.page.replace("/0/", `/${id}/`);
  const acts = { before: () => move(number, -1), after: () => move(number, 1), out: () => leaveOut(id) };
  for (const [act, does] of Object.entries(acts)) item.querySelector(`[data-act=${act}]`).addEventListener("click", does);
  item.querySelector("[data-act=before]").disabled = number === 0;
  item.querySelector("[data-act=after]").disabled = number === chosen.length - 1;
  return item;
}

function draw() {
  const typed = drafts();
  part("chosen").replaceChildren(...chosen.map((id, number) => row(id, typed.get(id) || own(id), number)));
  part("nothing").hidden = chosen.length > 0;
  part("several").hidden = chosen.length < 2;
  part("put").disabled = !chosen.length;
  for (const button of part("found").querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(chosen.includes(Number(button.dataset.id))));
  }
}

function take(ids) {
  chosen = [...new Set([...chosen, ...ids])].slice(0, Number(box().dataset.most));
  draw();
}

function leaveOut(id) {
  chosen = chosen.filter((one) => one !== id);
  draw();
}

function move(number, by) {
  const [id] = chosen.splice(number, 1);
  chosen.splice(number + by, 0, id);
  draw();
  part("chosen").children[number + by].querySelector(`[data-act=${by < 0 ? "before" : "after"}]`).focus();
}

async function takeFiles(files) {
  const problems = [];
  let taken = 0;
  for (const [number, file] of files.entries()) {
    tell(fill(box().dataset.uploading, { at: number + 1, all: files.length }));
    try {
      const photo = await upload(file, part("credit-of-new").value.trim());
      part("found").prepend(offered(photo));
      take([photo.id]);
      taken += 1;
      if (photo.says.length) problems.push(`${file.name}: ${photo.says.join(" ")}`);
    } catch (problem) {
      problems.push(problem.message);
    }
  }
  tell([fill(box().dataset.uploaded, { count: taken }), ...problems].join(" "));
}

function end(isPut) {
  const form = dialog().querySelector("form");
  if (isPut) for (const item of part("chosen").children) say(Number(item.dataset.id), words(item));
  const align = form.elements.align.value || null, isGallery = form.elements.together.value === "gallery";
  dialog().close();
  resolve?.(isPut && chosen.length ? { ids: [...chosen], align, isGallery } : null);
  resolve = null;
}

function begin() {
  const asks = dialog();
  if (asks.dataset.ready) return;
  asks.dataset.ready = "yes";
  part("query").addEventListener("input", () => { clearTimeout(waits); waits = setTimeout(() => find(1), PAUSE); });
  part("more").addEventListener("click", () => find(next));
  part("put").addEventListener("click", () => end(true));
  for (const button of asks.querySelectorAll("[data-act=close]")) button.addEventListener("click", () => end(false));
  asks.addEventListener("cancel", (event) => { event.preventDefault(); end(false); });
  asks.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  asks.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target.tagName === "INPUT") event.preventDefault(); });
  part("files")?.addEventListener("change", async (event) => {
    const files = [...event.target.files];
    event.target.value = "";
    await takeFiles(files);
  });
  asks.addEventListener("dragover", (event) => event.preventDefault());
  asks.addEventListener("drop", (event) => {
    event.preventDefault();
    if (mayUpload()) takeFiles(pictures(event.dataTransfer.files));
  });
}

// Ask which photos stand in a place, and what is said of them; `now`: those that stand there. Gives null for nothing.
export async function ask(now = { ids: [], align: null }) {
  begin();
  resolve?.(null);
  const form = dialog().querySelector("form");
  try { await load(now.ids); } catch { /* shown as gone */ }
  part("chosen").replaceChildren();
  chosen = [...now.ids];
  form.elements.align.value = now.align || "";
  form.elements.together.value = "gallery";
  part("put").textContent = now.ids.length ? box().dataset.change : box().dataset.put;
  part("query").value = "";
  tell("");
  draw();
  dialog().showModal();
  if (now.ids.length) part("chosen").querySelector("[name=caption]")?.focus();
  else part("query").focus();
  find(1);
  return new Promise((done) => { resolve = done; });
}
