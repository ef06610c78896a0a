// The quick way out. Without this script "Leave this site" is a plain link; with it the page left behind is replaced
// in the browser's history, and pressing Shift three times leaves, too. Shift counts when it is pressed alone, at most
// five seconds apart; any other key or a click starts the count again. (Escape would be worse: it closes dialogs and
// stops loading.)
(() => {
  "use strict";
  const PRESSES = 3;
  const PAUSE_MS = 5000;
  const ways = document.querySelectorAll("[data-exit]");
  const status = document.querySelector("[data-exit-status]");
  const lights = document.querySelector("[data-exit-lights]");
  if (!ways.length || !status) return;

  const title = document.title;
  let count = 0;
  let alone = false;
  let timer;
  let veil;

  // What was on the screen is gone at once, however long the other site takes; so is the title of the tab.
  function leave() {
    veil = veil || document.createElement("p");
    veil.className = "veil";
    veil.setAttribute("role", "alert");
    document.body.append(veil);
    veil.textContent = document.title = status.dataset.leaving;
    document.documentElement.classList.add("leaving");
    window.location.replace(ways[0].href);
  }

  function show(number) {
    count = number;
    if (lights) lights.dataset.exitLights = number;
  }

  function reset(message) {
    clearTimeout(timer);
    if (count) status.textContent = message;
    show(0);
  }

  function press() {
    show(count + 1);
    if (count === PRESSES) {
      leave();
      return;
    }
    status.textContent = count === PRESSES - 1 ? status.dataset.once : status.dataset.twice;
    clearTimeout(timer);
    timer = setTimeout(() => reset(status.dataset.off), PAUSE_MS);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Shift") {
      alone = true;
    } else {
      alone = false;
      reset("");
    }
  }, true);
  document.addEventListener("keyup", (event) => {
    if (event.key === "Shift" && alone) press();
    alone = false;
  }, true);
  document.addEventListener("pointerdown", () => {
    alone = false;
    reset("");
  }, true);
  for (const way of ways) {
    way.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
  }
  // A browser that keeps the page in memory may show it again: then it must not be blank.
  window.addEventListener("pageshow", () => {
    document.documentElement.classList.remove("leaving");
    if (veil) veil.remove();
    document.title = title;
    reset("");
  });
})();
