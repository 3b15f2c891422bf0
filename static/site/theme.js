// Before the first paint: the colours the reader chose, or those of the device.
(function () {
  "use strict";
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  function chosen() {
    try { return localStorage.getItem("scheme") || "system"; } catch (error) { return "system"; }
  }
  function apply() {
    var scheme = chosen();
    root.dataset.frScheme = scheme;
    root.dataset.frTheme = scheme === "system" ? (dark.matches ? "dark" : "light") : scheme;
  }
  window.appearance = {
    chosen: chosen,
    choose: function (scheme) {
      try { localStorage.setItem("scheme", scheme); } catch (error) { root.dataset.frScheme = scheme; }
      apply();
    },
  };
  dark.addEventListener("change", apply);
  window.addEventListener("beforeprint", function () { root.dataset.frTheme = "light"; });
  window.addEventListener("afterprint", apply);
  apply();
})();
