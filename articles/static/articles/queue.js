// The review queue by keys: J K go on and back, M N answer, A says "always so in this article", R goes to the reason.
// Without this script the buttons send plain forms.
"use strict";

(() => {
  const list = document.querySelector(".questions");
  if (!list) return;
  const told = document.getElementById("told");
  const keys = document.getElementById("keys");
  const badge = document.querySelector("#nav-sidebar a[href$='/unclearmention/'] .font-semibold");
  const STORED = "queue-keys";

  const open = () => [...list.querySelectorAll(".question:not(.answered)")];
  const current = () => document.activeElement.closest(".question") || null;
  const place = (question) => question && question.focus();

  function step(by) {
    const all = [...list.querySelectorAll(".question")];
    const at = all.indexOf(current());
    const rest = by > 0 ? all.slice(at + 1) : all.slice(0, Math.max(at, 0)).reverse();
    place(rest.find((one) => !one.classList.contains("answered")) || (at < 0 ? open()[0] : null));
  }

  function showAlways(question) {
    question.classList.toggle("always-now", question.querySelector("[name=always]").checked);
  }

  function complain(question, text) {
    let error = question.querySelector(".error");
    if (!error) {
      error = document.createElement("p");
      error.className = "error";
      question.append(error);
    }
    error.textContent = told.textContent = text;
  }

  // What has been answered stays in its place, with a way back; what else it settled goes.
  function settle(question, reply) {
    const here = document.activeElement === document.body || question.contains(document.activeElement);
    for (const pk of reply.gone) {
      const other = document.getElementById(`question-${pk}`);
      if (other && other !== question) other.remove();
    }
    for (const number of [document.getElementById("left"), badge]) if (number) number.textContent = reply.left;
    question.className = "card question answered";
    question.innerHTML = reply.answered;
    told.textContent = question.querySelector(".said").textContent;
    if (!open().length) return location.reload();
    const after = (one) => question.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (here) place(open().find(after) || open()[0]);
  }

  async function send(form, answer) {
    const question = form.closest(".question");
    if (question.hasAttribute("aria-busy")) return;
    const data = new FormData(form);
    data.set("answer", answer);
    question.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
      const reply = await response.json();
      if (!reply.error) settle(question, reply);
      else {
        complain(question, reply.error);
        if (reply.gone.length) setTimeout(() => location.reload(), 1500);
      }
    } catch {
      complain(question, told.dataset.failed);
    }
    question.removeAttribute("aria-busy");
  }

  list.addEventListener("submit", (event) => {
    if (!event.target.matches(".answers")) return;
    event.preventDefault();
    if (event.submitter) send(event.target, event.submitter.value);
  });
  list.addEventListener("change", (event) => {
    if (event.target.name === "always") showAlways(event.target.closest(".question"));
  });

  // The key's Latin letter, or its place on the keyboard where another alphabet is set.
  const letter = (event) => (/^[a-z]$/i.test(event.key) ? event.key : event.code.replace(/^Key/, "")).toLowerCase();

  function act(question, key, shifted) {
    const form = question.querySelector(".answers");
    const always = form.querySelector("[name=always]");
    if (key === "a") always.checked = !always.checked;
    if ((key === "m" || key === "n") && shifted) always.checked = true;
    showAlways(question);
    if (key === "m") send(form, "mark");
    if (key === "n") send(form, "not");
    if (key === "r") form.querySelector("[name=reason]").focus();
  }

  document.addEventListener("keydown", (event) => {
    const from = event.target;
    if (event.key === "Escape" && from.matches(".reason")) return place(from.closest(".question"));
    const writing = from.matches("input:not([type=checkbox]), textarea, select, [contenteditable=true]");
    const elsewhere = from !== document.body && !list.contains(from);
    if (!keys.checked || writing || elsewhere || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const key = letter(event);
    if (!"jkmnar".includes(key)) return;
    event.preventDefault();
    if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
    const question = current() || open()[0];
    if (question && !question.classList.contains("answered")) act(question, key, event.shiftKey);
  });

  list.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches(".reason")) return;
    event.preventDefault();  // Enter would answer "mark": go back to the question, to answer by a key or a button
    place(event.target.closest(".question"));
  });

  document.querySelector(".keys").hidden = false;
  keys.checked = localStorage.getItem(STORED) !== "off";
  keys.addEventListener("change", () => localStorage.setItem(STORED, keys.checked ? "on" : "off"));
  if (keys.checked) place(open()[0]);
})();
