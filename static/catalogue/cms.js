// The CMS draws its rich text editors without a name: each takes the words of the field, or of the block, it stands in.
(function () {
  "use strict";
  var WORDS = ":scope > label, :scope > .w-field__label, :scope > .w-panel__header .w-panel__heading";
  var waiting = false;
  function wordsOver(editor) {
    for (var box = editor.parentElement; box; box = box.parentElement) {
      var words = box.querySelector(WORDS);
      if (words) { return words.textContent.trim().split("\n")[0].replace("*", "").trim(); }
    }
    return "";
  }
  function nameThem() {
    waiting = false;
    document.querySelectorAll(".public-DraftEditor-content:not([aria-label])").forEach(function (editor) {
      editor.setAttribute("aria-label", wordsOver(editor) || "Texte");
    });
  }
  function soon() {
    if (!waiting) { waiting = true; requestAnimationFrame(nameThem); }
  }
  new MutationObserver(soon).observe(document.documentElement, { childList: true, subtree: true });
  soon();
})();
