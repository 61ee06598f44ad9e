// The front page at the desk. What somebody makes of it stands here until they store it, in one act; the server is asked
// after each step for the page as it would be printed, and for what the rule puts where nobody has placed anything.
// `admin/articles/front` answers. Dragging is one way; each step can be done with buttons, too.
"use strict";

window.addEventListener("load", () => {
  const PAUSE = 200, PATIENCE = 20000; // milliseconds
  const desk = document.getElementById("front-desk");
  if (!desk) return;
  const told = JSON.parse(document.getElementById("front-told").textContent), said = desk.dataset;
  const find = (name) => desk.querySelector(name), all = (name) => [...desk.querySelectorAll(name)];
  const slots = all(".slot"), frame = find("iframe"), stage = find(".stage");
  const slotOf = (key) => slots.find((one) => one.dataset.place === key);
  const articles = new Map(); // what is shown of each, by id
  const know = (some) => some.forEach((one) => articles.set(one.id, one));
  const filled = (text, words) => Object.entries(words).reduce((now, [name, word]) => now.replace(`{${name}}`, () => word), text);
  const copy = (state) => JSON.parse(JSON.stringify(state));
  const only = ({ places, line }) => copy({ places, line });

  let was = only(told.state), now = only(told.state); // as it was read, and as it is made here
  let stands = {}, over = [], picked = null, undo = [], overtaken = {}, busy = false, asked = 0, timer = 0;
  know(told.state.articles);
  know(told.found);

  const sorted = (state) => JSON.stringify([Object.entries(state.places).sort(), state.line && [state.line.text, state.line.link, state.line.until]]);
  const isChanged = () => sorted(was) !== sorted(now);
  const stored = (key) => now.places[key]?.article;
  const shown = (key) => articles.get(stored(key)) || stands[key];

  // Steps

  function step(does, says) {
    const before = copy(now);
    does();
    if (sorted(before) === sorted(now)) return;
    undo.push(before);
    picked = null;
    draw();
    say(says);
    renew();
  }

  const say = (text) => { if (text) find(".front-state").textContent = text; };
  const alarm = find(":scope > .alarm");
  const complain = (text, by = "store") => {
    alarm.textContent = text || "";
    alarm.hidden = !text;
    alarm.dataset.by = by;
  };

  function fits(article, slot) {
    const category = Number(slot.dataset.category);
    return !category || article.category === category;
  }

  function put(article, slot) {
    if (!fits(article, slot)) return say(said.elsewhere);
    step(() => {
      for (const [key, one] of Object.entries(now.places)) if (one.article === article.id) delete now.places[key];
      now.places[slot.dataset.place] = { article: article.id, until: "" };
      delete overtaken[slot.dataset.place];
    }, filled(said.placed, { headline: article.headline, place: slot.dataset.label }));
    slot.focus();
  }

  function back(slot) {
    step(() => { delete now.places[slot.dataset.place]; }, filled(said.emptied, { place: slot.dataset.label }));
    slot.focus();
  }

  // Those before and behind a slot, among which an article goes up and down: lead and second leads, or a category's.
  function beside(slot, by) {
    if (slot.dataset.kind === "banner") return null;
    const row = slots.filter((one) => one.dataset.category === slot.dataset.category && one.dataset.kind !== "banner");
    return row[row.indexOf(slot) + by] || null;
  }

  function shift(slot, by) {
    const other = beside(slot, by), article = shown(slot.dataset.place);
    if (!other || !article) return;
    step(() => {
      const here = now.places[slot.dataset.place] || { article: article.id, until: "" }, there = now.places[other.dataset.place];
      delete now.places[slot.dataset.place];
      now.places[other.dataset.place] = here;
      if (there) now.places[slot.dataset.place] = there;
    }, filled(said.placed, { headline: article.headline, place: other.dataset.label }));
    (other.querySelector(`[data-do=${by < 0 ? "up" : "down"}]:not(:disabled)`) || other).focus();
  }

  function pick(article) {
    picked = picked?.id === article.id ? null : article;
    draw();
    if (!picked) return;
    say(filled(said.picked, { headline: picked.headline }));
    slots.find((slot) => fits(picked, slot))?.querySelector("[data-do=here]").focus();
  }

  function theirs(slot) {
    const key = slot.dataset.place;
    step(() => {
      if (was.places[key]) now.places[key] = copy(was.places[key]);
      else delete now.places[key];
      delete overtaken[key];
    }, "");
    draw();
  }

  const DOES = {
    here: (slot) => picked && put(picked, slot),
    up: (slot) => shift(slot, -1),
    down: (slot) => shift(slot, 1),
    take: (slot) => shown(slot.dataset.place) && pick(shown(slot.dataset.place)),
    rule: back,
    theirs,
  };

  function undoLast() {
    if (!undo.length) return;
    now = undo.pop();
    picked = null;
    draw();
    say(said.undone);
    renew();
  }

  // What is seen

  function draw() {
    slots.forEach(drawSlot);
    drawLine();
    const placed = new Set(Object.values(now.places).map((one) => one.article));
    for (const chip of all(".front-found li")) {
      chip.dataset.placed = String(placed.has(Number(chip.dataset.article)));
      chip.querySelector("button").setAttribute("aria-pressed", String(picked?.id === Number(chip.dataset.article)));
    }
    find("[data-do=undo]").disabled = !undo.length;
    find("[data-do=store]").disabled = busy || !isChanged();
    say(isChanged() ? said.unsaved : said.same);
  }

  function drawSlot(slot) {
    const key = slot.dataset.place, own = now.places[key], article = shown(key), here = (name) => slot.querySelector(name);
    slot.dataset.by = own ? "hand" : article ? "rule" : "nobody";
    slot.draggable = Boolean(article);
    here("[data-how]").textContent = article || own ? (own ? said.byHand : said.byRule) : "";
    here("[data-headline]").textContent = article ? article.headline : said.nothing;
    here("[data-told]").textContent = article ? [article.rubric, article.told].filter(Boolean).join(" · ") : "";
    const meanwhile = overtaken[key], isUnseen = own && Object.keys(stands).length && stands[key]?.id !== own.article;
    const unseen = over.includes(key) ? said.over : article?.coming ? said.coming : said.unseen;
    here("[data-says]").textContent = meanwhile || (isUnseen ? unseen : "");
    here("[data-says]").hidden = !here("[data-says]").textContent;
    here("[data-until]").hidden = !own;
    const until = here("[data-until] input");
    if (document.activeElement !== until) until.value = own ? own.until.slice(0, 16) : "";
    here("[data-do=here]").hidden = !picked || !fits(picked, slot) || picked.id === own?.article;
    here("[data-do=up]").disabled = !article || !beside(slot, -1);
    here("[data-do=down]").disabled = !article || !beside(slot, 1);
    here("[data-do=take]").disabled = !article;
    here("[data-do=rule]").hidden = !own;
    here("[data-do=theirs]").hidden = !meanwhile;
  }

  function drawLine() {
    for (const input of all("[data-line]")) {
      const value = now.line?.[input.dataset.line] || "";
      if (document.activeElement !== input) input.value = input.type === "datetime-local" ? value.slice(0, 16) : value;
    }
  }

  function drawFound(found) {
    know(found);
    find(".front-found").replaceChildren(...found.map((article) => {
      const chip = document.createElement("li"), button = document.createElement("button");
      const line = (name, text) => Object.assign(document.createElement("p"), { className: name, textContent: text });
      chip.dataset.article = article.id;
      chip.draggable = true;
      Object.assign(button, { type: "button", className: "act", textContent: said.place });
      button.setAttribute("aria-label", `${said.place}: ${article.headline}`);
      button.addEventListener("click", () => pick(article));
      chip.append(line("chip-headline", article.headline), line("hint", `${article.rubric} · ${article.told}`), button);
      return chip;
    }));
    const none = find("[data-none]");
    none.hidden = Boolean(found.length);
    none.textContent = said.foundNone;
    draw();
  }

  // The page itself: what is new is put into the frame, which was loaded under a policy of its own.

  function tame(page) {
    for (const link of page.querySelectorAll("a[href]")) link.target = link.getAttribute("href").startsWith("#") ? "_self" : "_blank";
  }

  function print(page) {
    const shownPage = frame.contentDocument, fresh = new DOMParser().parseFromString(page, "text/html");
    if (!shownPage?.styleSheets.length) return;
    tame(fresh);
    const at = shownPage.scrollingElement?.scrollTop || 0;
    shownPage.body.replaceWith(shownPage.importNode(fresh.body, true));
    if (shownPage.scrollingElement) shownPage.scrollingElement.scrollTop = at;
    desk.dataset.printed = String(Number(desk.dataset.printed || 0) + 1);
  }

  function fit() {
    const width = Number(find("[data-width][aria-pressed=true]").dataset.width), scale = Math.min(1, stage.clientWidth / width);
    if (!scale) return;
    Object.assign(frame.style, {
      width: `${width}px`, height: `${stage.clientHeight / scale}px`, transform: `scale(${scale})`,
      marginLeft: `${Math.max(0, (stage.clientWidth - width * scale) / 2)}px`,
    });
  }

  // The server

  async function post(address, body) {
    const sent = JSON.stringify({ user: told.user, language: told.language, ...body });
    try {
      return await relogin.post(address, sent, { headers: { "Content-Type": "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
    } catch {
      return { error: "away", says: said.away };
    }
  }

  function renew() {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++asked, reply = await post(told.to.preview, { state: now });
      if (mine !== asked) return;
      if (!reply.ok) return complain(reply.says || said.away, "preview");
      if (alarm.dataset.by === "preview") complain("");  // what storing has said stays until it is stored
      ({ stands, over } = reply);
      know(Object.values(stands).filter((one) => !articles.has(one.id)));
      find("#front-line-says").textContent = reply.trouble || (reply.unclear ? filled(said.unclear, { words: reply.unclear }) : "");
      find("#front-line-says").classList.toggle("warning", Boolean(reply.trouble || reply.unclear));
      const says = find(".front-state").textContent;
      draw();
      say(says);
      print(reply.page);
    }, PAUSE);
  }

  async function store() {
    if (busy || !isChanged()) return;
    busy = true;
    draw();
    const reply = await post(told.to.store, { was, becomes: now });
    busy = false;
    if (reply.state) know(reply.state.articles);
    if (reply.ok) {
      was = only(reply.state);
      now = only(reply.state);
      undo = [];
      overtaken = {};
      complain("");
      draw();
      say(reply.says);
    } else {
      if (reply.error === "overtaken") meet(reply);
      draw();
      complain(reply.says || said.away);
    }
    renew();
  }

  // Somebody was quicker: what they have changed stands beside what is made here, which goes on top when it is stored.
  function meet(reply) {
    const theirs = only(reply.state), made = {};
    for (const key of new Set([...Object.keys(was.places), ...Object.keys(now.places)])) {
      if (JSON.stringify(was.places[key]) !== JSON.stringify(now.places[key])) made[key] = now.places[key];
    }
    const isLineMine = JSON.stringify(was.line) !== JSON.stringify(now.line), mine = now.line;
    now = copy(theirs);
    for (const [key, one] of Object.entries(made)) {
      if (one) {
        for (const [other, there] of Object.entries(now.places)) if (there.article === one.article) delete now.places[other];
        now.places[key] = one;
      } else delete now.places[key];
    }
    if (isLineMine) now.line = mine;
    was = theirs;
    undo = [];
    for (const key of reply.places) {
      const headline = articles.get(theirs.places[key]?.article)?.headline;
      overtaken[key] = headline ? filled(said.meanwhile, { headline, who: reply.who[key] || "" }) : said.meanwhileEmpty;
    }
    if (reply.line) find("#front-line-says").textContent = filled(said.lineMeanwhile, { text: theirs.line?.text || said.nothing });
  }

  // Where it begins

  desk.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    if (button.dataset.do === "undo") undoLast();
    else if (button.dataset.do === "store") store();
    else DOES[button.dataset.do](button.closest(".slot"));
  });

  desk.addEventListener("change", (event) => {
    const slot = event.target.closest("[data-until]")?.closest(".slot"), name = event.target.dataset.line;
    if (slot && now.places[slot.dataset.place]) step(() => { now.places[slot.dataset.place].until = event.target.value; }, said.unsaved);
    if (!name) return;
    step(() => {
      const line = { text: "", link: "", until: "", ...now.line, [name]: event.target.value };
      now.line = line.text.trim() || line.link || line.until ? line : null;
    }, said.unsaved);
  });

  document.addEventListener("keydown", (event) => {
    const isWriting = event.target.matches("input, textarea, select");
    if (event.key === "Escape" && picked) pick(picked);
    if (!isWriting && (event.ctrlKey || event.metaKey) && !event.shiftKey && event.code === "KeyZ") {
      event.preventDefault();
      undoLast();
    }
  });

  let dragged = null;
  desk.addEventListener("dragstart", (event) => {
    const chip = event.target.closest?.(".front-found li"), slot = event.target.closest?.(".slot");
    dragged = chip ? articles.get(Number(chip.dataset.article)) : slot ? shown(slot.dataset.place) : null;
    if (!dragged) return;
    event.dataTransfer.setData("text/plain", dragged.headline);
    event.dataTransfer.effectAllowed = "move";
  });
  desk.addEventListener("dragend", () => {
    dragged = null;
    slots.forEach((slot) => slot.classList.remove("over"));
  });
  for (const slot of slots) {
    slot.addEventListener("dragover", (event) => {
      if (!dragged || !fits(dragged, slot)) return;
      event.preventDefault();
      slot.classList.add("over");
    });
    slot.addEventListener("dragleave", () => slot.classList.remove("over"));
    slot.addEventListener("drop", (event) => {
      event.preventDefault();
      slot.classList.remove("over");
      if (dragged) put(dragged, slot);
    });
  }

  let searched = 0;
  find(".front-search input").addEventListener("input", async (event) => {
    const mine = ++searched, query = event.target.value;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (mine !== searched) return;
    try {
      const got = await fetch(`${told.to.found}?${new URLSearchParams({ language: told.language, q: query })}`, { redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
      const reply = await got.json();
      if (mine === searched) drawFound(reply.articles);
    } catch {
      complain(said.away);
    }
  });

  for (const button of all("[data-width]")) {
    button.addEventListener("click", () => {
      all("[data-width]").forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
      fit();
    });
  }
  window.addEventListener("beforeunload", (event) => { if (isChanged()) event.preventDefault(); });
  frame.addEventListener("load", () => { if (frame.contentDocument) tame(frame.contentDocument); });
  new ResizeObserver(fit).observe(stage);
  drawFound(told.found);
  fit();
  renew();
});
