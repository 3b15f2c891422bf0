// One question at a time; each answer is sent as it is given, and kept on this device until the server has it.
(function () {
  "use strict";

  const box = document.querySelector("[data-outbox]");
  if (!box || !window.fetch) return;
  const told = box.querySelector("[data-told]");
  const QUEUE = "answers:" + box.dataset.person;
  const KEPT = "Gardée sur cet appareil ; elle partira quand le réseau reviendra.";
  const SIGNED_OUT = "Gardée sur cet appareil. Votre connexion est terminée : ";
  let wait = 0, timer = 0, sending = false;

  // Kept on the device; in memory when the browser refuses
  const memory = {};
  function read(key) {
    if (key in memory) return memory[key];
    try { return JSON.parse(localStorage.getItem(key)); } catch (error) { return null; }
  }
  function write(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
      delete memory[key];
    } catch (error) { memory[key] = value; }
  }
  function queue() { return read(QUEUE) || []; }
  function without(item) { return queue().filter((one) => one.client_id !== item.client_id); }
  function choiceKey(item) { return "choice:" + box.dataset.person + ":" + item.question_id + ":" + item.attempt; }

  // Words on the page
  function article(id) { return document.getElementById("question-" + id); }
  function say(text, shown, signIn) {
    told.classList.toggle("ui-hidden", shown);
    told.textContent = text;
    if (signIn) told.append(signIn);
  }
  function signInLink() {
    const link = document.createElement("a");
    link.href = location.pathname;
    link.textContent = "me reconnecter";
    return link;
  }
  function held(item, text, signIn) {
    const place = article(item.question_id);
    const line = place && place.querySelector("[data-waiting]");
    if (!line) return false;
    const focused = place.querySelector("form").contains(document.activeElement);
    toSend(place, false);
    line.textContent = text;
    if (signIn) line.append(signIn);
    if (focused) line.focus();
    return true;
  }
  function toSend(place, open) {
    place.querySelector("[data-send]").hidden = !open;
    place.querySelectorAll("[data-waiting], [data-next]").forEach((one) => { one.hidden = open; });
  }
  function refuse(form, sentence) {
    const line = form.querySelector("[data-refused]");
    line.textContent = sentence;
    line.hidden = !sentence;
    const fields = controls(form);
    fields.filter((one) => !ticked(one)).forEach((one) => {
      if (sentence) one.setAttribute("aria-invalid", "true"); else one.removeAttribute("aria-invalid");
    });
    if (sentence) (fields.find((one) => !one.value.trim()) || fields[0]).focus();
  }

  // What an answer is given with: ticked, chosen in a list, or typed
  function controls(form) { return Array.from(form.querySelectorAll("[name=given]")); }
  function ticked(one) { return one.type === "radio" || one.type === "checkbox"; }
  function givenIn(form) {
    return controls(form).filter((one) => !ticked(one) || one.checked).map((one) => one.value);
  }
  function fill(form, given) {
    controls(form).forEach((one, rank) => {
      if (ticked(one)) one.checked = given.includes(one.value);
      else if (one.options) one.value = Array.from(one.options, (each) => each.value).find((value) => value && given.includes(value)) || "";
      else one.value = given[rank] || "";
    });
  }

  // One question at a time
  function show(id, focus) {
    const wanted = article(id);
    const serie = wanted && wanted.closest("[data-serie]");
    if (!serie) return false;
    serie.querySelectorAll("[data-question]").forEach((one) => one.classList.toggle("question--away", one !== wanted));
    if (focus) {
      wanted.focus({ preventScroll: true });
      wanted.scrollIntoView();
    }
    return true;
  }
  function itemOf(form) {
    const item = { url: location.pathname, given: givenIn(form), said_at: new Date().toISOString() };
    ["question_id", "attempt", "client_id"].forEach((name) => { item[name] = form[name].value; });
    return item;
  }
  function prepare(root) {
    root.querySelectorAll("[data-back]").forEach((one) => { one.hidden = false; });
    root.querySelectorAll("[data-answer]").forEach((form) => {
      const key = choiceKey(itemOf(form));
      const kept = queue().find((one) => choiceKey(one) === key);
      const chosen = kept ? kept.given : read(key);
      if (chosen) fill(form, chosen);
      if (kept) form.client_id.value = kept.client_id;
      if (kept) held(kept, KEPT);
    });
  }

  // Sending
  function post(item) {
    const data = new URLSearchParams();
    ["question_id", "attempt", "client_id", "said_at"].forEach((name) => data.append(name, item[name]));
    item.given.forEach((one) => data.append("given", one));
    const headers = { Accept: "application/json", "X-CSRFToken": box.dataset.token };
    return fetch(item.url, { method: "POST", body: data, headers: headers }).then((response) => {
      const json = (response.headers.get("Content-Type") || "").includes("json");
      if (response.redirected || response.status === 401 || response.status === 403) return { signedOut: true };
      if (response.status >= 500 || response.status === 429) throw new Error(response.status);
      return json ? response.json() : { refused: "Cette étape n’est plus ouverte : la réponse n’est pas enregistrée." };
    });
  }
  function settle(item, answer) {
    const place = article(item.question_id);
    write(choiceKey(item), null);
    if (!place) return say("Une réponse gardée sur cet appareil vient d’être enregistrée.", false);
    const fresh = new DOMParser().parseFromString(answer.html, "text/html").querySelector("article");
    const focused = place.contains(document.activeElement);
    fresh.classList.toggle("question--away", place.classList.contains("question--away"));
    place.replaceWith(fresh);
    prepare(fresh);
    document.querySelector("[data-end]").innerHTML = answer.end;
    if (focused) fresh.querySelector("[data-result]").focus();
    return say(fresh.querySelector("[data-saved]").textContent.trim(), true);
  }
  function decline(item, sentence) {
    const place = article(item.question_id);
    const form = place && place.querySelector("[data-answer]");
    if (!form) return say(sentence, false);
    toSend(place, true);
    return refuse(form, sentence);
  }
  function hold(text, signedOut) {
    const here = queue().filter((one) => held(one, text, signedOut && signInLink()));
    if (!here.length) say(text, false, signedOut && signInLink());
  }
  function flush() {
    const item = queue()[0];
    if (sending || !item) return;
    sending = true;
    clearTimeout(timer);
    post(item).then((answer) => {
      sending = false;
      wait = 0;
      if (answer.signedOut) return hold(SIGNED_OUT, true);
      write(QUEUE, without(item));
      if (answer.html) settle(item, answer); else decline(item, answer.refused);
      return flush();
    }).catch(() => {
      sending = false;
      wait = Math.min(60, 2 * wait || 2);
      timer = setTimeout(flush, wait * 1000);
      hold(KEPT, false);
    });
  }

  // What the reader does
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-answer]");
    if (!form) return;
    event.preventDefault();
    const item = itemOf(form);
    if (!item.given.length || item.given.some((one) => !one.trim())) return refuse(form, form.dataset.empty);
    write(QUEUE, without(item).concat(item));
    flush();
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest("[data-answer]");
    if (!form) return;
    refuse(form, "");
    toSend(form.closest("article"), true);
    write(choiceKey(itemOf(form)), itemOf(form).given);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#question-"]');
    if (link && show(link.hash.slice(10), true)) event.preventDefault();
  });
  window.addEventListener("online", flush);

  prepare(document);
  document.querySelectorAll("[data-serie]").forEach((serie) => {
    const left = serie.querySelector("[data-question]:not([data-answered])");
    if (left) show(left.dataset.question, false);
  });
  if (location.hash.startsWith("#question-")) show(location.hash.slice(10), true);
  flush();
})();
