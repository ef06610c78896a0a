// Suggestions below the search box: the editable combobox of the ARIA Authoring Practices with list autocomplete and
// manual selection. The focus stays in the box, nothing is chosen unasked, and without this script it is a plain box.
(() => {
  "use strict";
  const PAUSE_MS = 120;
  const SAID_MS = 600;
  const MOST = 8;
  // Where one character is a word: Han, kana, Hangul.
  const WORD_LETTER = /[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]|[\ud840-\ud88f]/;
  const box = document.querySelector("[data-suggest]");
  const list = document.getElementById("suggestions");
  const status = document.getElementById("suggested");
  if (!box || !list || !status) return;

  const said = status.dataset.said.split("|");
  let active = -1;
  let asking;
  let pause;
  let saying;

  function mark(number) {
    active = number;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", at === active));
    if (active < 0) {
      box.removeAttribute("aria-activedescendant");
    } else {
      box.setAttribute("aria-activedescendant", list.children[active].id);
      list.children[active].scrollIntoView({ block: "nearest" });
    }
  }

  function show(open) {
    list.hidden = !open;
    box.setAttribute("aria-expanded", open);
    mark(-1);
    clearTimeout(saying);
    status.textContent = "";
    if (open) saying = setTimeout(() => { status.textContent = said[list.children.length - 1]; }, SAID_MS);
  }

  function stop() {
    clearTimeout(pause);
    if (asking) asking.abort();
    asking = undefined;
    show(false);
  }

  function fill(texts) {
    list.replaceChildren(...texts.slice(0, MOST).map((text, at) => {
      const option = document.createElement("li");
      option.id = `suggestion-${at}`;
      option.setAttribute("role", "option");
      option.dir = "auto";
      option.textContent = text;
      return option;
    }));
    show(texts.length > 0);
  }

  async function ask() {
    const typed = box.value;
    const mine = new AbortController();
    asking = mine;
    const address = new URL(box.dataset.suggest, document.baseURI);
    address.searchParams.set("q", typed);
    try {
      const answer = await fetch(address, { credentials: "omit", cache: "no-store", signal: mine.signal });
      const found = answer.ok ? (await answer.json()).suggestions : [];
      if (asking === mine && box.value === typed) fill(found.map((one) => one.text));
    } catch {
      // Called off, or the server is away: there is still the search itself.
    }
  }

  function later() {
    const text = box.value.trim();
    clearTimeout(pause);
    if (asking) asking.abort();
    asking = undefined;
    if (text.length > 1 || WORD_LETTER.test(text)) {
      mark(-1);
      pause = setTimeout(ask, PAUSE_MS);
    } else {
      list.replaceChildren();
      show(false);
    }
  }

  function choose(option) {
    box.value = option.textContent;
    stop();
    list.replaceChildren();
    box.form.requestSubmit();
  }

  function step(by) {
    const count = list.children.length;
    if (!count) return false;
    if (list.hidden) show(true);
    // The box itself is one stop of the round.
    mark((active + 1 + by + count + 1) % (count + 1) - 1);
    return true;
  }

  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: () => active >= 0 && (choose(list.children[active]), true),
    Escape: () => {
      if (list.hidden) {
        box.value = "";
        list.replaceChildren();
      }
      stop();
      return true;
    },
  };

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  show(false);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (keys[event.key]) {
      if (keys[event.key]()) event.preventDefault();
    } else if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") {
      mark(-1);
    }
  });
  box.addEventListener("input", (event) => { if (!event.isComposing) later(); });
  box.addEventListener("compositionend", later);
  box.addEventListener("blur", stop);
  box.form.addEventListener("submit", stop);
  // The focus stays in the box while an option is pressed.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
})();
