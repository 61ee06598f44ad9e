// Not one keystroke lost: what is typed goes into the browser's store at once, to the server within two seconds, and the
// line above the form says where it is safe. `admin/articles/typed.py` answers; docs/decisions tells why it is done so.
"use strict";

window.addEventListener("load", () => {
  const LOOK = 400, COPY = 300, SEND = 800, LATEST = 2000, PING = 10000, SLOWEST = 30000, PATIENCE = 15000, QUIET = 3000; // milliseconds
  const KEEPALIVE = 60000; // bytes that a browser sends on after its page is closed
  const OWN = /^(csrfmiddlewaretoken|seen_version|typed_\w+|_\w+)$/;

  const line = document.getElementById("typed"), form = document.getElementById("article_form");
  if (!line || !form) return;
  const said = line.dataset, user = Number(said.user), article = said.article ? Number(said.article) : null;
  const base = said.base ? Number(said.base) : null, keeps = said.copies === "yes";
  const random = () => [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
  const client = said.client || random();

  let sequence = Number(said.sequence) || 0; // of what is typed now
  let shown = "";         // what the form held when it was looked at last
  let first = null;       // when the first letter was typed that the server has not
  let last = 0;           // when the last one was
  let safe = sequence;    // the number up to which the server has it
  let copied = 0;         // the number up to which the browser's store has it
  let takes = said.takes; // the slot that this page goes on with, until the server has heard of it
  let sending = null, failures = 0, retryAt = 0, pingedAt = 0, newer = false, trouble = "", unsent = "", leaving = false, pressed = false;

  function values() {
    const data = {};
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== "string" || OWN.test(name)) continue;
      if (name in data) data[name] = [].concat(data[name], value);
      else data[name] = form.elements[name]?.multiple ? [value] : value;
    }
    return data;
  }
  window.typedValues = values; // what the preview shows, too

  const record = () => ({ user, client, article, base, sequence, fields: JSON.parse(shown), at: first || Date.now() });

  function look() {
    const now = JSON.stringify(values());
    if (now === shown) return;
    shown = now;
    sequence = Math.max(sequence + 1, Date.now());
    last = Date.now();
    first ??= last;
  }

  async function copy() {
    if (!keeps || copied >= sequence || safe >= sequence) return;
    const written = sequence;
    try {
      await copies.put(record());
      copied = Math.max(copied, written);
      if (safe >= written) await copies.confirmed(user, client, safe);
    } catch {
      // Without a store in the browser, as in some private windows, the server is all there is: the line says so.
    }
  }

  const fieldNow = () => {
    const at = document.activeElement;
    const text = at?.closest?.(".prose-editor")?.querySelector("textarea");
    return (form.contains(at) && (text?.name || at.name)) || "";
  };

  async function exchange(more) {
    const body = JSON.stringify({ user, article, client, base, field: fieldNow(), ...more });
    const small = new Blob([body]).size < KEEPALIVE;
    return relogin.post(said.keep, body, {
      // Nobody types: the ping alone keeps no session alive.
      headers: { "Content-Type": "application/json", ...(more.fields ? {} : { "X-Quiet": "1" }) }, keepalive: small, signal: AbortSignal.timeout(PATIENCE),
    });
  }

  // One sending at a time; what was typed meanwhile goes with the next. Returns what stands in the way, "" for nothing.
  function send() {
    sending ??= attempt().finally(() => { sending = null; });
    return sending;
  }

  async function attempt() {
    const typed = sequence > safe ? { sequence, fields: JSON.parse(shown), takes } : {};
    pingedAt = Date.now();
    try {
      const reply = await exchange(typed);
      trouble = reply.ok ? "" : reply.error;
      if (reply.ok) {
        copies.goOn();
        settled(typed, reply);
      } else if (reply.says) said.reason = reply.says;
    } catch {
      trouble = "away";
    }
    if (!trouble) unsent = "";
    failures = trouble ? failures + 1 : 0;
    retryAt = trouble ? Date.now() + Math.min(SLOWEST, 1000 * 2 ** Math.min(failures - 1, 5)) : 0;
    show();
    return trouble;
  }

  function settled(typed, reply) {
    if (typed.sequence) {
      safe = Math.max(safe, typed.sequence);
      said.at = reply.now;
      if (keeps && typed.takes) taken(typed.takes);
      takes = "";
      if (sequence <= safe) first = null;
      else first = last;
      if (keeps) copies.confirmed(user, client, safe).catch(() => {});
    }
    newer = Boolean(reply.version && base && reply.version > base);
    if (newer) said.since = reply.own ? said.newerown : said.newer;
    present(reply.present || []);
  }

  // What this page went on with is safe with it: the copy of its earlier time is needed no more.
  function taken(slot) {
    const [, one, number] = /^(.+):(\d+)$/.exec(slot) || [];
    if (one) copies.confirmed(user, one, Number(number)).catch(() => {});
  }

  function present(lines) {
    const list = line.querySelector(".present");
    list.replaceChildren(...lines.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    list.hidden = !lines.length;
  }

  const clock = (moment) => new Date(moment).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });

  // Where the text is safe. The words are read out only when the place changes, not with each minute.
  function show() {
    const since = clock(first || Date.now()), stored = keeps && copied >= sequence;
    let text = "", place = "";
    if (trouble === "login") [place, text] = ["login", stored ? said.expired : said.held];
    else if (trouble === "away") [place, text] = ["away", stored ? said.browser : said.nowhere];
    else if (trouble === "frozen") [place, text] = ["away", `${stored ? said.frozen : said.frozennowhere} ${said.reason || ""}`];
    else if (trouble) [place, text] = [trouble, `${said.refused} ${said.reason || ""}`];
    else if (said.at) [place, text] = ["server", said.server];
    text = text.replace("{at}", place === "server" ? said.at : since);
    if (newer) text = `${text} ${said.since}`.trim();
    if (sequence <= safe && trouble !== "login" && place !== "server") text = newer ? said.since : "";
    text = `${text} ${unsent}`.trim(); // stays until the server answers: each new try says its own
    line.querySelector(".state").textContent = text || said.idle;
    line.querySelector("button").hidden = trouble !== "login";
    line.dataset.place = text ? place + (place !== "server" && place !== "login" && !stored ? " nowhere" : "") : "";
    const heard = line.dataset.place + newer;
    if (heard !== line.dataset.heard) line.querySelector(".heard").textContent = text;
    line.dataset.heard = heard;
  }

  async function logIn() {
    if (!(await relogin.ask(line))) return false;
    retryAt = 0;
    return !(await send());
  }

  // Every 0.4 seconds: look, copy, send what has waited for long enough, ping.
  async function turn() {
    if (leaving) return;
    look();
    const now = Date.now();
    if (trouble === "login") await ended(trouble);
    if (sequence > safe) {
      if (now - last >= COPY || now - first >= 1000) copy().then(() => { if (trouble) show(); });
      const due = now - last >= SEND || now - first >= LATEST;
      if (!sending && due && now >= retryAt) await ended(await send());
    } else if (!sending && !document.hidden && article && now - pingedAt >= PING && now >= retryAt) await ended(await send());
  }

  let offered = false;
  async function ended(why) {
    if (why !== "login") { offered = false; return; }
    // Not while somebody types: the rest of the word would go into the dialog. Once; then the button of the line is there.
    if (offered || Date.now() - last < QUIET || document.querySelector("dialog[open]")) return;
    offered = true;
    await logIn();
  }

  function flush() {
    look();
    copy();
    if (sequence > safe && !sending) send();
  }

  // Asked before the page goes only where something would be lost: what neither the server nor the browser's store has
  // and cannot be sent on while the page closes, or a chosen file, which is kept nowhere.
  function losing() {
    look();
    const files = [...form.querySelectorAll("input[type=file]")].some((one) => one.files.length);
    const sendable = !trouble && navigator.onLine && new Blob([shown]).size < KEEPALIVE - 2000;
    return files || (sequence > safe && copied < sequence && !sendable);
  }

  // A form leaves the page only when the server answers and knows the person: nothing is sent into the dark.
  async function submit(event) {
    if (leaving || event.target !== form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (pressed) return; // twice: the first press is under way
    pressed = true;
    try { await leave(event.submitter); } finally { pressed = false; }
  }

  async function leave(submitter) {
    look();
    await copy();
    await sending;
    let why = await send();
    if (!why && sequence > safe) why = await send();
    if (why === "login" && (await logIn())) why = "";
    if (["away", "frozen", "login", "other", "long"].includes(why)) {
      unsent = { away: said.stopped, frozen: said.unsent, long: said.unsent }[why] || "";
      line.dataset.heard = ""; // read out although the place is the same
      show();
      line.scrollIntoView({ block: "center" });
      return;
    }
    form.elements.typed_client.value = client;
    form.elements.typed_sequence.value = sequence = Math.max(sequence + 1, Date.now());
    form.elements.typed_takes.value = takes;
    safe = sequence;
    leaving = true;
    form.requestSubmit(submitter);
  }

  // What this person's browser holds of an earlier time goes to the server, which then offers it.
  async function bring() {
    let news = false;
    for (const one of await copies.of(user)) {
      if (one.client === client) continue;
      const reply = await brought(one);
      if (reply.ok || reply.error === "gone") await copies.confirmed(user, one.client, one.sequence);
      else if (one.article === article) offer(one);
      news ||= Boolean(reply.ok && reply.kept && one.article === article);
    }
    if (news) await renewOffers();
  }

  // A server that is busy is asked again before the copy is offered from here.
  async function brought(one) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const reply = await relogin.post(said.keep, JSON.stringify({ ...one, field: "" }), { headers: { "Content-Type": "application/json" } });
        if (reply.error !== "away" || attempt === 3) return reply;
      } catch {
        if (attempt === 3) return { error: "away" };
      }
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }

  async function renewOffers() {
    const response = await fetch(`${said.offers}?article=${article ?? ""}`, { headers: { Accept: "application/json" } });
    const reply = await response.json();
    if (reply.ok) document.getElementById("offers").innerHTML = reply.html;
  }

  // The server cannot take it: it is put back into the form from here, through a form that stores nothing.
  function offer(one) {
    const box = document.createElement("form");
    box.method = "post";
    box.className = "card offer";
    const add = (name, value) => box.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    for (const [name, value] of Object.entries(one.fields)) for (const each of [].concat(value)) add(name, each);
    add("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    add("seen_version", one.base ?? "");
    add("typed_takes", `${one.client}:${one.sequence}`);
    add("_look_through", "typed");
    const button = Object.assign(document.createElement("button"), { className: "act primary", textContent: said.goon.replace("{at}", clock(one.at)) });
    box.append(button);
    document.getElementById("offers").append(box);
  }

  function begin() {
    shown = JSON.stringify(values());
    if (said.fresh) {
      sequence = Math.max(sequence + 1, Date.now());
      first = last = Date.now();
    }
    line.hidden = false;
    line.querySelector(".state").textContent = said.fresh ? "" : said.idle;
    setInterval(turn, LOOK);
    form.addEventListener("input", look);
    document.addEventListener("submit", submit, true);
    document.addEventListener("visibilitychange", () => { if (document.hidden && !leaving) flush(); });
    window.addEventListener("beforeunload", (event) => { if (!leaving && losing()) event.preventDefault(); });
    window.addEventListener("pagehide", () => {
      if (!leaving) flush();
      if (article) exchange({ leaves: true }).catch(() => {});
    });
    window.addEventListener("pageshow", (event) => { if (event.persisted) leaving = false; });
    window.addEventListener("online", () => { retryAt = 0; });
    line.querySelector("button").addEventListener("click", logIn);
    document.body.dataset.typed = "yes";
    send().then(() => (keeps ? bring() : copies.clear())).catch(() => {});
  }

  // The text editor rewrites nothing until somebody types: the form is taken as it stands once the page is there.
  setTimeout(begin);
});
