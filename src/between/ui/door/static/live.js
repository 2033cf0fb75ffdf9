// Keeps what is being written: posts it shortly after the last key, and when the field or the tab is left.
//
// The page says with <div class="draft-keeper" data-place data-page data-bound data-field …> which field that is.
// A post that fails is repeated with growing pauses; the newest words go, never older ones. When it is given up,
// the person is told where they write, and the next key tries again.
(() => {
  if (window.betweenLive) return;
  window.betweenLive = true;
  const REST = 900, FIRST_PAUSE = 1000, LONGEST_PAUSE = 30000, TRIES = 9, ALIVE = 60000;
  const pages = new Map();

  const keepers = () => [...document.querySelectorAll(".draft-keeper")];
  const keeperOf = (field) => field instanceof HTMLTextAreaElement
    && keepers().findLast((keeper) => field.closest("." + CSS.escape(keeper.dataset.field)));
  const whole = (text) => (text.toWellFormed ? text.toWellFormed() : text);

  function tell(page, what) {
    const keeper = keepers().find((one) => one.dataset.page === page.id);
    const state = keeper && keeper.querySelector(".draft-state");
    const words = keeper && what ? keeper.dataset[what] : "";
    if (state && state.textContent !== words) state.textContent = words;
  }

  function later(page, pause) {
    clearTimeout(page.timer);
    page.timer = setTimeout(() => post(page), pause);
  }

  async function post(page, leaving = false) {
    clearTimeout(page.timer);
    if (page.over || !page.waiting || (page.sending && !leaving)) return;
    const text = page.text;
    page.sending = true;
    page.number = Math.max(page.number + 1, Date.now());
    const body = JSON.stringify({
      place: page.place, page: page.id, number: page.number, bound: page.bound, text: whole(text),
    });
    let status = 0;
    try {
      status = (await fetch("/draft", { method: "POST", body, keepalive: leaving && body.length < ALIVE })).status;
    } catch { /* no answer: the same as a server in trouble */ }
    page.sending = false;
    settle(page, status, text);
  }

  function settle(page, status, text) {
    if (status === 204) {
      page.tries = 0;
      tell(page, "");
      page.waiting = page.text !== text;
      if (page.waiting) later(page, REST);
    } else if (status === 400 || status === 403 || status === 409) {
      page.over = status !== 400;
      page.waiting = false;
      // The field is empty again where the words were sent; nothing is amiss then.
      if (page.field.isConnected && page.field.value) tell(page, status === 409 ? "ended" : "lost");
    } else if (++page.tries < TRIES) {
      tell(page, "trying");
      later(page, Math.min(FIRST_PAUSE * 2 ** (page.tries - 1), LONGEST_PAUSE));
    } else {
      tell(page, "lost");
    }
  }

  function pageOf(keeper) {
    const { page: id, place, bound } = keeper.dataset;
    if (!pages.has(id)) {
      pages.set(id, { id, place, bound, text: "", number: 0, tries: 0, waiting: false, sending: false, over: false });
    }
    return pages.get(id);
  }

  document.addEventListener("input", ({ target }) => {
    const keeper = keeperOf(target);
    if (!keeper) return;
    const page = pageOf(keeper);
    Object.assign(page, { field: target, text: target.value, waiting: true });
    if (page.tries >= TRIES) page.tries = 0;
    if (!page.tries) later(page, REST);
  });
  document.addEventListener("focusout", ({ target }) => {
    const keeper = keeperOf(target);
    const page = keeper && pages.get(keeper.dataset.page);
    if (page && !page.tries) post(page);
  });
  const leave = () => { for (const page of pages.values()) post(page, true); };
  document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
  window.addEventListener("pagehide", leave);
  window.addEventListener("online", () => {
    for (const page of pages.values()) if (page.waiting) { page.tries = 0; post(page); }
  });
})();
