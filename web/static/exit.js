// The quick way out. Without this script "Leave this site" is a plain link; with it the page left behind is replaced
// in the browser's history, and pressing Shift three times leaves, too. Shift counts when it is pressed alone, at most
// five seconds apart; any other key starts the count again. (Escape would be worse: it closes dialogs and stops loading.)
(() => {
  "use strict";
  const PRESSES = 3;
  const PAUSE_MS = 5000;
  const ways = document.querySelectorAll("[data-exit]");
  const status = document.querySelector("[data-exit-status]");
  if (!ways.length || !status) return;

  let count = 0;
  let alone = false;
  let timer;

  function leave() {
    document.documentElement.classList.add("leaving");
    window.location.replace(ways[0].href);
  }

  function reset(message) {
    clearTimeout(timer);
    if (count) status.textContent = message;
    count = 0;
  }

  function press() {
    count += 1;
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
    reset("");
  });
})();
