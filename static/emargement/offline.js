// Signatures without network: kept on this device as numbers, sent once the network is back, forgotten as they are known.
(function () {
  "use strict";

  const box = document.querySelector("[data-offline]");
  if (!box || !window.fetch) return;
  const QUEUE = "emargement:" + box.dataset.key;
  const state = box.querySelector("[data-state]");
  const send = box.querySelector("[name=send]");
  let wait = 0, timer = 0, sending = false, trouble = "";

  // Kept on the device; in memory when the browser refuses
  let memory = null;
  function queue() {
    if (memory) return memory;
    try { return JSON.parse(localStorage.getItem(QUEUE)) || []; } catch (error) { return []; }
  }
  function keep(items) {
    try {
      if (items.length) localStorage.setItem(QUEUE, JSON.stringify(items));
      else localStorage.removeItem(QUEUE);
      memory = null;
    } catch (error) { memory = items; }
  }
  function number() {
    if (window.crypto && crypto.randomUUID) return crypto.randomUUID();
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");
  }

  // Words on the page
  function line(id) { return box.querySelector('[data-line="' + id + '"]'); }
  function hour(at) {
    return at.toLocaleTimeString("fr-FR", { hour: "numeric", minute: "2-digit" }).replace(":", "\u00a0h\u00a0");
  }
  function show(item, what) {
    item.querySelector("[data-ask]").hidden = what !== "ask";
    item.querySelector("[data-sure]").hidden = what !== "sure";
  }
  function say(item, text) { item.querySelector("[data-said]").textContent = text; }
  function count() {
    const left = queue().length;
    const many = left > 1 ? left + " signatures en attente d’envoi" : left + " signature en attente d’envoi";
    const text = left ? many + (trouble ? ". " + trouble : ".") : "Tout est envoyé. Rien ne reste sur cet appareil.";
    send.parentElement.hidden = !left;
    if (state.textContent !== text) state.textContent = text;
  }

  // Sending
  function post(items) {
    const data = new URLSearchParams({ signatures: JSON.stringify(items) });
    const headers = { Accept: "application/json", "X-CSRFToken": box.dataset.token };
    return fetch(box.dataset.url, { method: "POST", body: data, headers: headers }).then((response) => {
      const json = (response.headers.get("Content-Type") || "").includes("json");
      if (response.redirected || response.status === 401 || response.status === 403) return { signedOut: true };
      if (!json) throw new Error(response.status);
      return response.json();
    });
  }
  function settle(answer) {
    const one = queue().find((item) => item.client_id === answer.client_id);
    if (!one) return;
    keep(queue().filter((item) => item !== one && item.client_id !== answer.client_id));
    const item = line(one.attendance);
    if (!item) return;
    if (answer.state === "refused") {
      say(item, answer.sentence);
      show(item, "ask");
    } else {
      say(item, answer.state === "already" ? "avait déjà signé" : "a signé, envoyée");
    }
  }
  function flush() {
    const items = queue();
    if (sending || !items.length) return count();
    sending = true;
    clearTimeout(timer);
    return post(items.slice(0, 100)).then((answer) => {
      sending = false;
      wait = 0;
      trouble = answer.signedOut ? "Votre connexion est terminée : reconnectez-vous dans un autre onglet." : answer.refused || "";
      if (!answer.results) { timer = setTimeout(flush, 30000); return count(); }
      answer.results.forEach(settle);
      count();
      return queue().length ? flush() : null;
    }).catch(() => {
      sending = false;
      wait = Math.min(60, 2 * wait || 2);
      timer = setTimeout(flush, wait * 1000);
      trouble = "Elles partiront au retour du réseau.";
      count();
    });
  }

  // What people do
  function sign(item) {
    const at = new Date();
    const one = { client_id: number(), attendance: item.dataset.line, claimed_at: at.toISOString() };
    keep(queue().filter((other) => other.attendance !== one.attendance).concat(one));
    say(item, "signée à " + hour(at) + ", en attente d’envoi");
    show(item, "");
    item.querySelector("[data-said]").focus();
    flush();
  }
  box.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const item = button && button.closest("[data-line]");
    if (!button) return;
    if (button.name === "send") flush();
    if (!item) return;
    if (button.name === "ask") { show(item, "sure"); item.querySelector("[name=sure]").focus(); }
    if (button.name === "not") { show(item, "ask"); item.querySelector("[name=ask]").focus(); }
    if (button.name === "sure") sign(item);
  });
  window.addEventListener("online", flush);

  document.querySelector("[data-without-script]").hidden = true;
  box.hidden = false;
  const kept = queue().map((one) => one.attendance);
  box.querySelectorAll("[data-line]").forEach((item) => {
    if (kept.includes(item.dataset.line)) say(item, "signée, en attente d’envoi");
    else if (!("signed" in item.dataset)) show(item, "ask");
  });
  flush();
})();
