// The light version: a medium asked for takes the place of its link, without another page.
(function () {
  "use strict";
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-show]");
    if (!link) return;
    const box = link.closest("[data-medium]");
    const kept = box.querySelector("template");
    event.preventDefault();
    box.replaceChildren(kept.content);
    box.className = "etape__shown";
    box.removeAttribute("data-medium");
    box.tabIndex = -1;
    box.focus();
  });
})();
