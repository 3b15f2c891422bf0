// « Mode salle » : the arrows, and the keys of a presenter’s remote, follow the links of the page.
(function () {
  "use strict";
  const following = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev" };

  function target(key) {
    const reveal = document.querySelector('a[href^="?reponse"]');
    if (key === "Enter" && reveal && document.activeElement === document.body) return reveal;
    return following[key] ? document.querySelector('a[rel="' + following[key] + '"]') : null;
  }
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input, textarea, select, audio, video, summary")) return;
    const link = target(event.key);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
})();
