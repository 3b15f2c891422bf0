// Where one stopped reading an étape, kept on this device: the next visit begins there, and says so.
(function () {
  "use strict";
  const etape = document.querySelector("[data-etape]");
  const back = document.querySelector("[data-resumed]");
  if (!etape || "done" in etape.dataset) return;
  const key = "place:" + etape.dataset.etape;
  const pieces = Array.from(etape.querySelectorAll("[data-text] > *"));

  function keep() {
    const seen = pieces.filter((one) => one.getBoundingClientRect().top < window.innerHeight / 2).length;
    try { localStorage.setItem(key, seen - 1); } catch (error) { return; }
  }
  function resume() {
    let place = 0;
    try { place = Number(localStorage.getItem(key)); } catch (error) { return; }
    const visit = performance.getEntriesByType("navigation")[0];
    if (location.hash || place < 3 || !pieces[place] || (visit && visit.type !== "navigate")) return;
    pieces[place].scrollIntoView({ block: "center" });
    back.hidden = false;
  }
  resume();
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", keep);
})();
