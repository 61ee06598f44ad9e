// Photos for a text, without leaving it: dropped here, they are taken in and described in a window. When that is done the
// document hears "newsroom:photos" with their ids, for whoever places them.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const window_ = document.getElementById("photo-window"), opener = document.getElementById("photo-window-opener");
  const place = document.querySelector(".field-new_photo, .field-photo_now")?.closest("fieldset") || null;
  if (!window_ || !opener || !place) return;
  place.append(opener.content.cloneNode(true));
  const zone = place.querySelector(".photo-drop"), button = zone.querySelector("[data-photos]"), said = zone.querySelector("[data-photos-said]");
  let frame = null;

  function open(files) {
    frame?.remove();
    frame = document.createElement("iframe");
    frame.title = window_.dataset.title;
    if (files.length) frame.addEventListener("load", () => frame.contentWindow.takePhotos?.(files), { once: true });
    frame.src = window_.dataset.address;
    window_.append(frame);
    window_.showModal();
  }

  button.addEventListener("click", () => open([]));
  window_.querySelector("[data-close]").addEventListener("click", () => window_.close());
  window_.addEventListener("close", () => { frame?.remove(); frame = null; button.focus(); });
  zone.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    zone.classList.remove("over");
    const files = [...event.dataTransfer.files];
    if (!files.length) return;
    event.preventDefault();
    open(files);
  });
  addEventListener("message", (event) => {
    if (event.origin !== location.origin || event.source !== frame?.contentWindow || !Array.isArray(event.data?.photosDescribed)) return;
    window_.close();
    said.textContent = window_.dataset.done;
    document.dispatchEvent(new CustomEvent("newsroom:photos", { detail: { ids: event.data.photosDescribed } }));
  });
});
