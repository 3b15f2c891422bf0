// What the frame adds when JavaScript runs; every page works without it.
(function () {
  "use strict";

  function each(selector, act) {
    document.querySelectorAll(selector).forEach(act);
  }

  function copies(box) {
    var button = box.querySelector("[data-copy-button]");
    var done = box.querySelector("[data-copy-done]");
    var value = box.querySelector("[data-copy-value]");
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(value.textContent.trim()).then(
        function () { done.textContent = "Copié"; },
        function () { done.textContent = "La copie n’a pas abouti : sélectionnez le texte."; }
      );
    });
  }

  function opensFromWidth(details) {
    var wide = window.matchMedia("(min-width: " + details.dataset.openFrom + "px)");
    function follow() { details.open = wide.matches; }
    wide.addEventListener("change", follow);
    follow();
  }

  function opensDialog(button) {
    var dialog = document.getElementById(button.dataset.opens);
    if (!dialog.showModal) return;
    button.closest("[hidden]").hidden = false;
    button.addEventListener("click", function () { dialog.showModal(); });
  }

  function choosesTheme(radio) {
    radio.checked = radio.value === window.appearance.chosen();
    radio.addEventListener("change", function () { window.appearance.choose(radio.value); });
  }

  function prints(button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  }

  function sendsOnce(form) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
      window.setTimeout(function () { delete form.dataset.sent; }, 5000);
    });
  }

  // Without a word in the address: kept there, it would take the focus from the next summary.
  function leadsToField(link) {
    var field = document.getElementById(link.hash.slice(1));
    if (!field || !field.matches("input, select, textarea")) return;
    link.addEventListener("click", function (event) {
      event.preventDefault();
      (field.closest(".ui-field") || field).scrollIntoView();
      field.focus();
    });
  }

  // What is on a page when it opens is not announced, and may be under the header of a small screen: the focus goes there.
  function saysFirst(box) {
    if (!window.location.hash && !document.querySelector("[autofocus]")) box.focus();
  }

  each("[data-copy]", copies);
  each("details[data-open-from]", opensFromWidth);
  each("[data-opens]", opensDialog);
  each("[data-theme-choice]", choosesTheme);
  each("[data-print]", prints);
  each("form.ui-action", sendsOnce);
  each("#erreurs a[href^='#']", leadsToField);
  each("main > .ui-messages", saysFirst);
  each("#erreurs", function (summary) { summary.focus(); });
})();
