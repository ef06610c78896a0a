// Buttons that copy a text; without scripts they stay hidden, and the text can be selected.
"use strict";

(() => {
  const select = (target) => {
    const range = document.createRange();
    range.selectNodeContents(target);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };

  const copied = async (target) => {
    try {
      await navigator.clipboard.writeText(target.textContent.trim());
      return true;
    } catch {
      // No secure address, or not allowed: the older way, which wants a selection.
      select(target);
      try {
        return document.execCommand("copy");
      } catch {
        return false;
      }
    }
  };

  for (const button of document.querySelectorAll("[data-copy]")) {
    const status = button.parentElement.querySelector("[data-copy-status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      const done = await copied(document.getElementById(button.dataset.copy));
      status.textContent = "";
      // A status that is emptied first is told again the second time.
      requestAnimationFrame(() => (status.textContent = done ? button.dataset.copied : button.dataset.failed));
    });
  }
})();
