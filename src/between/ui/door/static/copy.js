// Copies a message as it stands in its field now, and hands it to the person's own app when they ask for it.
//
// Works wherever a <div data-message="class of the field's frame" …> is on the page. Nothing is sent from here.
(() => {
  if (window.betweenCopy) return;
  window.betweenCopy = true;

  const fieldOf = (box) => document.querySelector(`.${CSS.escape(box.dataset.message)} textarea`);

  async function copied(field) {
    try {
      await navigator.clipboard.writeText(field.value);
      return true;
    } catch { /* not allowed here: the older way */ }
    field.select();
    return document.execCommand("copy");
  }

  document.addEventListener("click", async ({ target }) => {
    const box = target.closest && target.closest("[data-message]");
    const field = box && fieldOf(box);
    if (!field) return;
    if (target.matches("[data-copy]")) {
      const said = box.querySelector("[role=status]");
      said.textContent = (await copied(field)) ? box.dataset.copied : box.dataset.failed;
    } else if (target.matches("[data-to]")) {
      target.href = target.dataset.to + encodeURIComponent(field.value);
    }
  }, true);
})();
