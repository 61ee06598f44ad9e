// One picture sent to be taken in: the one way of the page for many and of the dialog of the text. Gives { photo } with
// what the server tells of it, or { problem }, its sentence, "" where it gave none; `again`: it may be tried once more.
"use strict";

// `fields`: what else is sent, by name; `heard`: is told the percent that have been sent, 100 once all has.
window.sendPhoto = (address, file, fields = {}, heard = () => {}) => new Promise((resolve) => {
  // XMLHttpRequest, as fetch does not tell how much has been sent.
  const request = new XMLHttpRequest(), data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  data.append("photos", file, file.name || "picture");
  request.open("POST", address);
  request.setRequestHeader("Accept", "application/json");
  request.upload.onprogress = (event) => { if (event.lengthComputable) heard((100 * event.loaded) / event.total); };
  request.upload.onload = () => heard(100);
  request.onerror = request.onabort = () => resolve({ problem: "", again: true });
  request.onload = () => {
    let told = null;
    try { told = JSON.parse(request.responseText); } catch { /* a page: of the login, or of a trouble */ }
    if (request.status === 200 && told?.id) resolve({ photo: told });
    else if (told?.error) resolve({ problem: told.error, again: request.status !== 422 });
    else resolve({ problem: "", again: true, refused: request.status > 0 && request.status < 500 });
  };
  request.send(data);
});
