// Leaving quickly: hides everything at once, locks the space, and puts an empty page in place of this one.
//
// Works wherever a <form data-leave="address of the empty page"> is on the page: by its button, or by Escape
// pressed three times. The form alone does the same more slowly where scripts are off.
(() => {
  if (window.betweenLeave) return;
  window.betweenLeave = true;
  const TIMES = 3, WITHIN = 2000;
  let pressed = [], left = "";

  const control = () => document.querySelector("form[data-leave]");

  async function leave(form) {
    left = form.dataset.leave;
    document.documentElement.style.visibility = "hidden";
    document.title = "";
    // The lock travels on its own even if this page is gone before the answer comes.
    const locked = fetch(form.action, { method: "POST", keepalive: true, redirect: "manual" }).catch(() => {});
    await Promise.race([locked, new Promise((done) => setTimeout(done, 400))]);
    location.replace(left);
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-leave]")) return;
    event.preventDefault();
    leave(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") { pressed = []; return; }
    if (event.repeat) return;
    const now = Date.now();
    pressed = [...pressed.filter((then) => now - then < WITHIN), now];
    const form = control();
    if (pressed.length >= TIMES && form) leave(form);
  }, true);
  // A page that the browser kept whole and brings back is left again.
  window.addEventListener("pageshow", (event) => { if (event.persisted && left) location.replace(left); });
})();
