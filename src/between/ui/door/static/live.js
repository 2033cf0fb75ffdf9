// Keeps what is being written in the journal: posts the draft shortly after the last key and when the tab goes away.
(() => {
  if (window.betweenLive) return;
  window.betweenLive = true;
  let timer;
  let kept = "";
  const field = () => document.querySelector(".st-key-journal_text textarea");
  const keep = (leaving) => {
    clearTimeout(timer);
    const box = field();
    if (!box || box.value === kept) return;
    kept = box.value;
    fetch("/draft?place=journal", { method: "POST", body: kept, keepalive: leaving && kept.length < 60000 });
  };
  document.addEventListener("input", (event) => {
    if (event.target === field()) { clearTimeout(timer); timer = setTimeout(() => keep(false), 900); }
  });
  document.addEventListener("focusout", (event) => { if (event.target === field()) keep(false); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(true); });
  window.addEventListener("pagehide", () => keep(true));
})();
