// The page as publishing now would print it: beside the form, where it follows what is typed, or in a window of its own,
// which is told by the form. `admin/articles/live_preview.py` answers. The page stands in a frame without scripts; what
// is new in it is put in place of what was, so that it stays where it was scrolled to.
"use strict";

window.addEventListener("load", () => {
  const LOOK = 250, PAUSE = 250, SLOWEST = 30000, PATIENCE = 15000, WATCHED = 5000, SILENT = 16000; // milliseconds
  const WIDTHS = { desktop: 1280, phone: 390 }; // CSS pixels
  const NARROW = window.matchMedia("(max-width: 1199.98px)");

  const pane = document.getElementById("live-preview");
  if (!pane) return;
  const said = pane.dataset, isForm = said.role === "form";
  const frame = pane.querySelector("iframe"), stage = pane.querySelector(".stage"), find = (name) => pane.querySelector(name);
  const random = () => [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
  const clock = () => new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });

  // What this person has chosen in this browser.
  const KEPT = `live-preview-${said.role}-${said.user}`;
  const chosen = { open: false, width: innerWidth < 700 ? "phone" : "desktop", scheme: "" };
  try { Object.assign(chosen, JSON.parse(localStorage.getItem(KEPT))); } catch { /* a private window keeps nothing */ }
  function choose(choice) {
    Object.assign(chosen, choice);
    try { localStorage.setItem(KEPT, JSON.stringify(chosen)); } catch { /* as above */ }
    look();
  }

  // `page`: of what is typed; `missing`, `languages`: as the server says; `trouble`: why it is not newer; `at`: its time.
  let state = { page: "", missing: [], languages: [], trouble: "", says: "", at: "", follows: false };
  let language = ""; // of the translation that is shown, "" for the text itself
  let ready = false, failed = false, waiting = "";

  // The frame

  frame.addEventListener("load", () => {
    if (!frame.getAttribute("src")) return;
    const loaded = frame.contentDocument;
    ready = Boolean(loaded?.styleSheets.length && loaded.location.pathname === said.address);
    failed = !ready; // the server was away, or asked for a log-in: the next page that comes loads it once more
    if (!ready) return;
    tame(loaded);
    scheme();
    if (waiting) draw(waiting);
  });

  // Marks lead to their notes; all else opens in a tab of its own, also where the outlet's own template forgets to say so.
  function tame(shown) {
    for (const link of shown.querySelectorAll("a[href]")) link.target = link.getAttribute("href").startsWith("#") ? "_self" : "_blank";
  }

  function begin() {
    if (frame.getAttribute("src")) return;
    state.at ||= clock();
    frame.src = said.address;
  }

  function draw(page) {
    waiting = page;
    if (failed) {
      failed = false;
      frame.src = said.address;
    }
    if (!ready) return;
    const fresh = new DOMParser().parseFromString(page, "text/html"), shown = frame.contentDocument;
    tame(fresh);
    shown.title = fresh.title;
    shown.documentElement.lang = fresh.documentElement.lang;
    renew(shown.body, fresh.body);
    pane.dataset.drawn = String(Number(pane.dataset.drawn || 0) + 1);
  }

  // Put what is new in place of what was, node by node: what stays the same is not touched.
  function renew(old, fresh) {
    const were = [...old.childNodes], are = [...fresh.childNodes];
    are.forEach((node, at) => {
      const was = were[at];
      if (!was) old.append(old.ownerDocument.importNode(node, true));
      else if (was.isEqualNode(node)) return;
      else if (was.nodeType !== Node.ELEMENT_NODE || was.nodeName !== node.nodeName) was.replaceWith(old.ownerDocument.importNode(node, true));
      else {
        for (const { name } of [...was.attributes]) if (!node.hasAttribute(name)) was.removeAttribute(name);
        for (const { name, value } of node.attributes) if (was.getAttribute(name) !== value) was.setAttribute(name, value);
        renew(was, node);
      }
    });
    were.slice(are.length).forEach((node) => node.remove());
  }

  // The site's rules for light and dark, as the device has it or as it is chosen here.
  function scheme() {
    const sheets = [...frame.contentDocument.styleSheets];
    let has = false;
    for (const sheet of sheets) {
      for (const rule of sheet.cssRules) {
        if (!(rule.media && (rule.asWritten || rule.media.mediaText).includes("prefers-color-scheme"))) continue;
        has = true;
        rule.asWritten ??= rule.media.mediaText;
        const matches = rule.asWritten.includes("dark") === (chosen.scheme === "dark");
        rule.media.mediaText = chosen.scheme ? (matches ? "all" : "not all") : rule.asWritten;
      }
    }
    frame.contentDocument.documentElement.style.colorScheme = chosen.scheme;
    find(".scheme").hidden = !has;
  }

  // A page of desktop width is made smaller until it fits.
  function fit() {
    const width = WIDTHS[chosen.width] || WIDTHS.desktop;
    const scale = Math.min(1, stage.clientWidth / width);
    if (!scale) return;
    frame.style.width = `${width}px`;
    frame.style.height = `${stage.clientHeight / scale}px`;
    frame.style.transform = `scale(${scale})`;
    frame.style.marginLeft = `${Math.max(0, (stage.clientWidth - width * scale) / 2)}px`;
  }

  // The bar

  function look() {
    for (const button of pane.querySelectorAll("[data-width]")) button.setAttribute("aria-pressed", String(button.dataset.width === chosen.width));
    find("[data-scheme]").value = chosen.scheme;
    if (ready) scheme();
    fit();
  }

  function show() {
    const now = state.languages.find((one) => one.code === language);
    if (language && !(now?.address)) language = "";
    if (!language && state.page) draw(state.page);
    const trouble = state.trouble && (said[state.trouble] || `${state.says} ${said.refused}`);
    const text = (language ? said.translation : trouble || (state.follows ? said.follows : said.saved)).replace("{at}", state.at);
    const line = find(".preview-state");
    if (line.textContent !== text) line.textContent = text;
    line.classList.toggle("warning", Boolean(state.trouble));
    find("[data-log-in]").hidden = state.trouble !== "login" || !isForm;
    const box = find(".preview-missing");
    box.hidden = !state.missing.length;
    box.querySelector("[data-number]").textContent = state.missing.length;
    box.querySelector("ul").replaceChildren(...state.missing.map((one) => Object.assign(document.createElement("li"), { textContent: one })));
    languages();
  }

  function languages() {
    const box = find("[data-languages]"), told = JSON.stringify([state.languages, language]);
    box.hidden = state.languages.length < 2;
    if (box.dataset.told === told) return;
    box.dataset.told = told;
    const at = document.activeElement?.dataset?.code;
    box.replaceChildren(...state.languages.map((one) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "act", textContent: one.name, lang: one.code });
      button.dataset.code = one.code;
      button.setAttribute("aria-pressed", String(language ? language === one.code : one.is_own));
      if (!one.is_own && !one.address) {
        button.setAttribute("aria-disabled", "true");
        button.title = said.none;
      }
      button.addEventListener("click", () => speak(one));
      return button;
    }));
    if (at) box.querySelector(`[data-code="${at}"]`)?.focus();
  }

  // Show the text itself, or the saved text of its translation.
  async function speak(one) {
    if (!one.is_own && !one.address) {
      find(".preview-state").textContent = said.none;
      return;
    }
    language = one.is_own ? "" : one.code;
    show();
    if (!language) return;
    try {
      const got = await fetch(one.address, { redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
      if (!got.ok) throw new Error(got.status);
      const page = await got.text();
      if (language === one.code) draw(page);
    } catch {
      language = "";
      Object.assign(state, { trouble: "away" });
      show();
    }
  }

  // What the form tells a window of its own, in one tab: the channel outlives the form, which is a new page once saved.

  const told = isForm ? channelOf() : location.hash.slice(1);
  const channel = new BroadcastChannel(`live-preview-${told}`);
  let heard = 0; // when a window asked last

  function channelOf() {
    try {
      const kept = sessionStorage.getItem("live-preview") || random();
      sessionStorage.setItem("live-preview", kept);
      return kept;
    } catch {
      return random();
    }
  }

  function windowBegins() {
    let spoke = 0;
    channel.onmessage = ({ data }) => {
      if (data.began) ask();
      if (!data.state) return;
      spoke = Date.now();
      state = data.state;
      if (state.page) begin();
      show();
    };
    const ask = () => {
      channel.postMessage({ asks: true });
      if (Date.now() - spoke < SILENT) return;
      if (state.page) Object.assign(state, { trouble: "closed", says: "" });
      else find(".preview-state").textContent = said.waits;
      if (state.page) show();
    };
    ask();
    setInterval(ask, WATCHED);
  }

  // Following the form

  let seen = "", sent = null, changed = 0, asking = false, failures = 0, retryAt = 0;
  const isOpen = () => !pane.hidden;
  const isFollowed = () => isOpen() || Date.now() - heard < SILENT;

  function turn() {
    if (!window.typedValues || !isFollowed()) return;
    const now = JSON.stringify(window.typedValues());
    if (now !== seen) {
      seen = now;
      changed = Date.now();
    }
    if (seen !== sent && !asking && Date.now() - changed >= PAUSE && Date.now() >= retryAt) ask();
  }

  async function ask() {
    asking = true;
    const asked = seen;
    try {
      const body = JSON.stringify({ user: Number(said.user), article: said.article ? Number(said.article) : null, fields: JSON.parse(asked) });
      const reply = await relogin.post(said.live, body, { headers: { "Content-Type": "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
      if (reply.ok) {
        sent = asked;
        Object.assign(state, { page: reply.page, missing: [...reply.missing, ...photo()], languages: reply.languages, trouble: "", says: "", at: clock(), follows: true });
      } else Object.assign(state, { trouble: reply.error, says: reply.says || "" });
    } catch {
      Object.assign(state, { trouble: "away", says: "" });
    }
    failures = state.trouble ? failures + 1 : 0;
    retryAt = failures ? Date.now() + Math.min(SLOWEST, 1000 * 2 ** Math.min(failures - 1, 5)) : 0;
    asking = false;
    show();
    if (heard) channel.postMessage({ state });
  }

  const photo = () => (document.querySelector("#article_form [name=new_photo]")?.files?.length ? [said.photo] : []);

  // On a narrow screen the preview is a page of its own: what lies behind it can neither be seen nor reached.
  function cover() {
    const covers = isOpen() && NARROW.matches;
    document.body.classList.toggle("previewing", isOpen());
    for (let at = pane; at.parentElement && at !== document.body; at = at.parentElement) {
      for (const other of at.parentElement.children) if (other !== at && other.tagName !== "SCRIPT") other.inert = covers;
    }
    fit();
  }

  function open(isOpened) {
    pane.hidden = !isOpened;
    for (const button of document.querySelectorAll("[data-preview]")) button.setAttribute("aria-expanded", String(isOpened));
    if (isOpened) begin();
    cover();
    if (isOpened) {
      show();
      turn();
    }
  }

  function formBegins() {
    let opener = null;
    const leave = () => {
      choose({ open: false });
      open(false);
      (opener || document.querySelector("[data-preview]"))?.focus();
    };
    // As a page of its own it is left as pages are, too: by the browser's way back.
    const close = () => (history.state?.preview ? history.back() : leave());
    window.addEventListener("popstate", () => { if (isOpen() && NARROW.matches) leave(); });
    for (const button of document.querySelectorAll("[data-preview]")) {
      button.hidden = false;
      button.setAttribute("aria-controls", pane.id);
      button.addEventListener("click", () => {
        opener = button;
        if (isOpen() && !NARROW.matches) return close();
        choose({ open: true });
        open(true);
        if (NARROW.matches && !history.state?.preview) history.pushState({ preview: true }, "");
        find("[data-back]").focus();
      });
    }
    find("[data-back]").addEventListener("click", close);
    find("[data-in-window]").addEventListener("click", () => {
      heard = Date.now();
      const opened = window.open(`${said.window}#${told}`, `live-preview-${told}`, "popup,width=1000,height=900");
      if (!opened) find(".preview-state").textContent = said.blocked;
    });
    find("[data-log-in]").addEventListener("click", async () => {
      if (NARROW.matches) close(); // the dialog would stand behind it
      if (await relogin.ask(document.getElementById("typed"))) retryAt = 0;
    });
    pane.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    channel.onmessage = ({ data }) => {
      if (!data.asks) return;
      heard = Date.now();
      if (state.page) channel.postMessage({ state });
    };
    window.addEventListener("pagehide", () => channel.postMessage({ state: { ...state, trouble: "closed", says: "" } }));
    window.addEventListener("online", () => { retryAt = 0; });
    NARROW.addEventListener("change", cover);
    channel.postMessage({ began: true });
    open(chosen.open && !NARROW.matches);
    setInterval(turn, LOOK);
  }

  for (const button of pane.querySelectorAll("[data-width]")) button.addEventListener("click", () => choose({ width: button.dataset.width }));
  find("[data-scheme]").addEventListener("change", (event) => choose({ scheme: event.target.value }));
  new ResizeObserver(fit).observe(stage);
  look();
  if (isForm) formBegins();
  else windowBegins();
});
