// Copies of what is typed, in this browser: for as long as the server has not confirmed it, of its own person only, and
// gone at log-out. In IndexedDB, written through to the disk: localStorage loses its last seconds when a browser is killed.
"use strict";

(() => {
  const NAME = "newsroom-typed", STORE = "copies";
  // When the person logged out, in this tab or another: none is written before the server takes what they type again,
  // as it may for a moment of what was under way.
  let stoppedAt = 0;
  const stop = () => { stoppedAt = Date.now(); };
  const goOn = () => { if (Date.now() - stoppedAt > 5000) stoppedAt = 0; };
  new BroadcastChannel(NAME).addEventListener("message", stop);

  const open = () => new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: ["user", "client"] });
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = asked.onblocked = () => reject(asked.error);
  });

  // Ask the store, and wait until the answer stands on the disk.
  async function ask(mode, act) {
    if (stoppedAt) throw new Error("logged out");
    const base = await open();
    try {
      return await new Promise((resolve, reject) => {
        const turn = base.transaction(STORE, mode, { durability: "strict" });
        const asked = act(turn.objectStore(STORE));
        turn.oncomplete = () => resolve(asked.result);
        turn.onerror = turn.onabort = () => reject(turn.error);
      });
    } finally {
      base.close();
    }
  }

  const put = (copy) => ask("readwrite", (store) => store.put(copy));

  // Remove a copy, unless a newer one has taken its place.
  async function confirmed(user, client, sequence) {
    if (stoppedAt) return;
    const base = await open();
    try {
      await new Promise((resolve, reject) => {
        const turn = base.transaction(STORE, "readwrite");
        const store = turn.objectStore(STORE), asked = store.get([user, client]);
        asked.onsuccess = () => {
          if (asked.result && asked.result.sequence <= sequence) store.delete([user, client]);
        };
        turn.oncomplete = resolve;
        turn.onerror = turn.onabort = () => reject(turn.error);
      });
    } finally {
      base.close();
    }
  }

  // Another person's copies are not looked at.
  const of = (user) => ask("readonly", (store) => store.getAll(IDBKeyRange.bound([user], [user, []])));

  const clear = () => new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(NAME);
    asked.onsuccess = asked.onerror = asked.onblocked = () => resolve();
  });

  window.copies = { put, confirmed, of, clear, stop, goOn };
})();
