// The text editor of an article: its buttons and dialogs in the page's language (the editor's own texts are English; the
// page's catalog, locale/…/djangojs.po, knows them), and a word on what it cannot take over from a paste.
"use strict";

(() => {
  const LEFT_OUT = {
    "img, picture": "A picture was left out: it lies elsewhere. Save it as a file, and put that into the text with the button for photos.",
    "video, audio, iframe, object, embed": "A film, a sound or a page in a frame was left out: put a link in its place.",
  };

  const say = (text) => (window.gettext ? gettext(text) : text);

  function translate(element) {
    const text = say(element.textContent);
    if (text !== element.textContent) element.textContent = text;
  }

  function translateMenu(menu) {
    for (const button of menu.querySelectorAll("[title]")) {
      button.title = say(button.title);
      button.setAttribute("aria-label", button.title);
    }
    menu.querySelectorAll(".prose-menubar__option > *").forEach(translate);
  }

  // A choice keeps the value that the editor asks for.
  function translateChoices(box) {
    for (const choice of box.querySelectorAll("dialog option:not([value])")) {
      choice.value = choice.textContent;
      translate(choice);
    }
  }

  // What is told stands beneath the text until the next paste.
  function tell(box, lines) {
    let told = box.parentElement.querySelector(":scope > .left-out");
    if (!told) {
      told = document.createElement("div");
      told.className = "left-out";
      told.setAttribute("role", "status");
      box.after(told);
    }
    told.replaceChildren(...lines.map((text) => Object.assign(document.createElement("p"), { textContent: say(text) })));
  }

  // Not that of an emoji, whose letter comes along (`paste.js`), nor one that only counts readers.
  const EMOJI = /^[\p{Extended_Pictographic}\p{Emoji_Component}]{1,20}$/u;
  const isCounter = (one) => one.getAttribute("width") === "1" && one.getAttribute("height") === "1";
  // What brings its bytes along is taken in as a photo by those who may (`editor-tools/figures.js`).
  const takesPictures = () => "mayUpload" in (document.getElementById("figures")?.dataset || {});
  const isTaken = (one) => takesPictures() && /^data:image\/(?:jpeg|png|webp|hei[cf]);base64,/i.test(one.getAttribute("src") || "");
  const isLost = (one) => one.tagName !== "IMG" || !(EMOJI.test(one.alt.trim()) || isCounter(one) || isTaken(one));

  function leftOut(html, files) {
    const hasPictures = [...files].some((file) => file.type.startsWith("image/"));
    const found = new DOMParser().parseFromString(html, "text/html");
    const lines = Object.keys(LEFT_OUT).filter((tags) => [...found.querySelectorAll(tags)].some(isLost));
    // A spreadsheet offers a picture of its cells beside them: only a picture that comes alone is meant.
    const isAlone = hasPictures && (!html || (!found.body.textContent.trim() && found.querySelector("img")));
    if (isAlone && takesPictures()) return lines.filter((tags) => tags !== "img, picture").map((tags) => LEFT_OUT[tags]);
    if (isAlone && !html) lines.push("img, picture");
    return lines.map((tags) => LEFT_OUT[tags]);
  }

  const boxOf = (target) => target instanceof Element && target.closest(".prose-editor");

  for (const [kind, carrier] of [["paste", "clipboardData"], ["drop", "dataTransfer"]]) {
    document.addEventListener(kind, (event) => {
      const box = boxOf(event.target), carried = event[carrier];
      if (box && carried && event.target.closest(".ProseMirror")) {
        tell(box, leftOut(carried.getData("text/html"), carried.files));
      }
    }, true);
  }
  document.addEventListener("click", (event) => {
    const box = boxOf(event.target);
    const source = box && event.target.closest("dialog [type=submit]")?.form.querySelector("textarea");
    if (source) tell(box, leftOut(source.value, []));
  }, true);

  window.addEventListener("picture-refused", (event) => {
    const box = document.querySelector("#article_form .prose-editor");
    if (box) tell(box, [event.detail]);
  });

  document.addEventListener("prose-editor:ready", (event) => {
    const text = event.detail.editor.view.dom, textarea = event.detail.textarea;
    const label = textarea.id && document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`);
    if (label) text.setAttribute("aria-label", label.textContent.replace("*", "").trim());
    // The menu is put beside the text only after the editor has said that it is ready.
    setTimeout(() => {
      const box = text.closest(".prose-editor"), menu = box?.querySelector(".prose-menubar");
      if (!menu) return;
      translateMenu(menu);
      new MutationObserver(() => translateMenu(menu)).observe(menu, { childList: true, subtree: true });
      new MutationObserver(() => translateChoices(box)).observe(box, { childList: true, subtree: true });
    });
  });
})();
