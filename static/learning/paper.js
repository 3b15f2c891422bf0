// While the attestation is being prepared: ask again for a minute, then leave it to the button.
(function () {
  "use strict";
  let left = 30;
  function ask() {
    fetch(location.href).then((response) => response.text()).then((html) => {
      const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-paper]");
      if (fresh && !fresh.querySelector("[data-waiting-paper]")) {
        document.querySelector("[data-paper]").replaceChildren(...fresh.childNodes);
      } else if (left--) {
        setTimeout(ask, 2000);
      }
    }).catch(() => { if (left--) setTimeout(ask, 5000); });
  }
  setTimeout(ask, 2000);
})();
