// Putting in order, one step at a time. The selects keep the ranks: the answer is kept and sent as without a script.
(function () {
  "use strict";

  function items(list) { return Array.from(list.querySelectorAll("[data-item]")); }
  function select(item) { return item.querySelector("select"); }
  function name(item) { return item.querySelector("[data-label]").textContent.trim(); }

  function number(list) {
    items(list).forEach((item, index, all) => {
      select(item).selectedIndex = index + 1;
      item.querySelector("[data-rank]").textContent = index + 1;
      item.querySelector("[data-move=up]").setAttribute("aria-disabled", index === 0);
      item.querySelector("[data-move=down]").setAttribute("aria-disabled", index === all.length - 1);
    });
  }
  function move(button) {
    const item = button.closest("[data-item]"), list = item.parentElement, up = button.dataset.move === "up";
    const neighbour = up ? item.previousElementSibling : item.nextElementSibling;
    const told = list.closest("[data-ordering]").querySelector("[data-moved]");
    if (!neighbour) {
      told.textContent = name(item) + " : déjà en " + (up ? "première" : "dernière") + " position";
      return;
    }
    // The neighbour is the one that moves: what has the focus never leaves the page
    if (up) item.after(neighbour); else item.before(neighbour);
    number(list);
    told.textContent = name(item) + " : position " + (items(list).indexOf(item) + 1) + " sur " + items(list).length;
    select(item).dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.querySelectorAll("[data-ordering]").forEach((box) => {
    const list = box.querySelector("[data-item]").parentElement;
    const rank = (item) => select(item).selectedIndex || Infinity;
    items(list).sort((one, other) => (rank(one) === rank(other) ? 0 : rank(one) - rank(other))).forEach((item) => list.append(item));
    number(list);
    box.classList.add("ui-ordering--moves");
    box.querySelectorAll("[data-by-rank]").forEach((one) => { one.hidden = true; });
    box.querySelectorAll("[data-by-moves], [data-rank]").forEach((one) => { one.hidden = false; });
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-ordering] [data-move]");
    if (button) move(button);
  });
})();
