// Lets a form marked data-passkey ("create" or "get") ask the browser for the answer of a passkey before it is sent.
(function () {
  "use strict";

  var REFUSED = "La clé d’accès n’a pas répondu, ou vous avez annulé. Recommencez, ou choisissez un autre moyen.";
  var UNKNOWN = "Ce navigateur ne sait pas utiliser de clé d’accès. Choisissez un autre moyen.";

  function say(form, sentence) {
    var place = form.querySelector("[data-passkey-says]");
    place.textContent = sentence;
  }

  function ask(kind) {
    var data = JSON.parse(document.getElementById("js_data").textContent);
    return kind === "create"
      ? window.webauthnJSON.create(data.creation_options)
      : window.webauthnJSON.get(data.request_options);
  }

  function asksTheKey(form) {
    var answer = form.querySelector("[name=credential]");
    answer.value = ""; // an empty JSON field is written « null »
    form.addEventListener("submit", function (event) {
      if (answer.value) return;
      event.preventDefault();
      if (!window.PublicKeyCredential) { say(form, UNKNOWN); return; }
      say(form, "");
      ask(form.dataset.passkey).then(
        function (credential) { answer.value = JSON.stringify(credential); form.submit(); },
        function () { say(form, REFUSED); }
      );
    });
  }

  document.querySelectorAll("form[data-passkey]").forEach(asksTheKey);
})();
