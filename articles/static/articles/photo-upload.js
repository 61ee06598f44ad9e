// Photos dropped, pasted or chosen: one request for each file, so that a bad one stops no other. Without this script
// the form sends them all at once.
"use strict";

(() => {
  const box = document.querySelector(".photo-upload");
  if (!box) return;
  const form = box.querySelector("form"), input = box.querySelector("input[type=file]");
  const list = box.querySelector(".uploads"), sum = box.querySelector(".upload-sum"), next = box.querySelector(".upload-next");
  const words = document.getElementById("upload-words").content, row = document.getElementById("upload-row").content;
  const mostFiles = Number(box.dataset.mostFiles), mostBytes = Number(box.dataset.mostBytes);
  const said = (of) => words.querySelector(`[data-of=${of}]`).textContent;
  const waiting = [], made = [];
  let all = 0, bad = 0, working = false, asked = 0;

  box.classList.add("scripted");

  function line(file) {
    const item = row.cloneNode(true).firstElementChild;
    item.querySelector(".name").textContent = file.name;
    item.querySelector("progress").setAttribute("aria-label", file.name);
    item.querySelector(".again").setAttribute("aria-label", `${item.querySelector(".again").textContent}: ${file.name}`);
    list.append(item);
    return item;
  }

  function tell() {
    const texts = [said("sum").replace("HERE", made.length).replace("ALL", all)];
    if (bad) texts.push(said("bad").replace("BAD", bad));
    sum.textContent = texts.join(" ");
  }

  function refuse(item, text, file) {
    item.className = "bad";
    item.querySelector(".says").textContent = text;
    bad += 1;
    const again = item.querySelector(".again");
    again.hidden = !file;
    again.onclick = () => {
      bad -= 1;
      item.className = "";
      again.hidden = true;
      waiting.push({ file, item });
      work();
    };
  }

  function accept(item, told) {
    made.push(told.id);
    item.className = "here";
    const shown = document.createElement("img");
    shown.src = told.thumb;
    shown.alt = "";
    item.querySelector(".shown").append(shown);
    const says = item.querySelector(".says");
    says.textContent = told.same.length ? said("same") : said("here");
    for (const one of told.same) {
      const link = document.createElement("a");
      link.href = one.url;
      link.target = "_blank";
      link.textContent = one.label;
      says.append(" ", link);
    }
    if (told.same.length) asked += 1;
  }

  async function send(file, item) {
    const says = item.querySelector(".says"), fields = { csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value };
    says.textContent = said("uploading");
    const told = await sendPhoto(form.action || location.href, file, fields, (percent) => {
      item.querySelector("progress").value = percent;
      if (percent === 100) says.textContent = said("reading");
    });
    if (told.photo) accept(item, told.photo);
    else refuse(item, told.problem || said(told.refused ? "refused" : "lost"), told.again ? file : null);
  }

  function lead() {
    const link = next.querySelector("a");
    link.href = box.dataset.sheet + made.join(",") + (box.dataset.popup ? "&_popup=1" : "");
    next.hidden = !made.length;
    if (made.length && !bad && !asked) location.assign(link.href); // nothing to be read here
    else if (made.length) link.focus();
  }

  async function work() {
    if (working) return;
    working = true;
    while (waiting.length) {
      const { file, item } = waiting.shift();
      await send(file, item);
      tell();
    }
    working = false;
    lead();
  }

  function take(files) {
    for (const file of files) {
      const item = line(file);
      all += 1;
      if (all - bad > mostFiles) refuse(item, said("many"), null);
      else if (file.size > mostBytes) refuse(item, said("large"), null);
      else waiting.push({ file, item });
    }
    tell();
    if (all) work();
  }

  const filesOf = (data) => [...(data?.files || [])];
  input.addEventListener("change", () => { take(filesOf(input)); input.value = ""; });
  document.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("dropping"); });
  document.addEventListener("drop", (event) => {
    document.body.classList.remove("dropping");
    const files = filesOf(event.dataTransfer);
    if (!files.length) return;
    event.preventDefault();
    take(files);
  });
  document.addEventListener("paste", (event) => {
    const files = filesOf(event.clipboardData);
    if (files.length) { event.preventDefault(); take(files); }
  });
  addEventListener("beforeunload", (event) => { if (working) event.preventDefault(); });
  window.takePhotos = take; // the article's form hands on what was dropped there
})();
