// A log-in in place: the page with what is typed stays, the token of its forms is made new. Only the person for whom the
// page was made can log in here.
"use strict";

(() => {
  let token = "";

  // The token that the forms of the page send, and that of the script: a log-in makes a new one.
  function renew(fresh) {
    if (!fresh) return;
    token = fresh;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = fresh;
  }

  const current = () => token || document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";

  // Send, and once more with a new token if this one is stale. Raises when nobody answers.
  async function post(address, body, options = {}) {
    for (let attempt = 0; ; attempt += 1) {
      const headers = { "X-CSRFToken": current(), Accept: "application/json", ...options.headers };
      const response = await fetch(address, { method: "POST", body, credentials: "same-origin", redirect: "error", ...options, headers });
      const reply = await response.json();
      renew(reply.token);
      if (reply.error !== "token" || attempt) return reply;
    }
  }

  let asking = null;

  // What a key answers to the server's question, as text; needs a browser that reads and writes these as JSON.
  async function key(options) {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey);
    return JSON.stringify((await navigator.credentials.get({ publicKey })).toJSON());
  }

  // The password was right: ask for the code, too, or for the key.
  function second(form, reply) {
    const part = form.querySelector(".second"), button = part.querySelector("[value=key]");
    part.hidden = false;
    button.hidden = !reply.options || !window.PublicKeyCredential?.parseRequestOptionsFromJSON;
    button.onclick = async () => {
      try {
        form.dataset.credential = await key(reply.options);
        form.requestSubmit();
      } catch {
        form.elements.code.focus();
      }
    };
    form.elements.code.value = "";
    form.elements.code.focus();
  }

  // Resolve with true once the person has logged in, with false when they put it off. One dialog, whoever asks.
  function ask(line) {
    asking ??= new Promise((resolve) => {
      const dialog = document.getElementById("relogin"), form = dialog.querySelector("form");
      const complaint = form.querySelector(".complaint");
      const end = (done) => {
        form.reset();
        form.querySelector(".second").hidden = true;
        form.onsubmit = dialog.oncancel = null;
        if (dialog.open) dialog.close();
        asking = null;
        resolve(done);
      };
      form.onsubmit = async (event) => {
        event.preventDefault();
        complaint.textContent = "";
        const data = new FormData(form);
        data.set("user", line.dataset.user);
        data.set("credential", form.dataset.credential || "");
        delete form.dataset.credential;
        try {
          const reply = await post(line.dataset.login, data);
          if (reply.ok) return end(true);
          complaint.textContent = reply.says || "";
          if (reply.second) return second(form, reply);
        } catch {
          complaint.textContent = line.dataset.stopped;
        }
        form.elements.password.value = "";
        form.elements.password.focus();
      };
      form.querySelector("[value=later]").onclick = () => end(false);
      dialog.oncancel = () => end(false);
      dialog.showModal();
      form.elements.password.focus();
    });
    return asking;
  }

  window.relogin = { ask, post };
})();
