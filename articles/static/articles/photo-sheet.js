// In a window of the article's form: that form is told when the texts have been saved.
"use strict";

(() => {
  const form = document.querySelector(".photo-sheet[data-done]");
  if (form && parent !== window) parent.postMessage({ photosDescribed: form.dataset.done.split(",").map(Number) }, location.origin);
})();
