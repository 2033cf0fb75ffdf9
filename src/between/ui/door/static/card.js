// Brings the numbers of a card that has just come into sight, wherever the person had scrolled to; once for each card.
//
// Works wherever a <div data-card="a mark of this card"> is on the page.
(() => {
  if (window.betweenCard) return;
  window.betweenCard = true;
  const SETTLED = 250;
  let seen = "", waiting = 0;

  function bring() {
    waiting = 0;
    const newest = [...document.querySelectorAll("[data-card]")].pop();
    if (!newest || newest.dataset.card === seen) return;
    seen = newest.dataset.card;
    newest.scrollIntoView({ block: "nearest" });
  }

  const later = () => { waiting = waiting || setTimeout(bring, SETTLED); };
  new MutationObserver(later).observe(document.body, { childList: true, subtree: true });
  later();
})();
