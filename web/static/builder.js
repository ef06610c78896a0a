// The page that builds snippets, without waiting for its button: what is chosen shows at once, and snippets can be copied.
(() => {
  "use strict";
  const PAUSE_MS = 300;
  const form = document.getElementById("builder");
  const status = document.querySelector("[data-copied]");
  if (!form || !status) return;

  let timer;
  let asked = 0;

  async function build() {
    const turn = (asked += 1);
    const address = new URL(form.action);
    // The form's own fields stand for what its address says of them.
    for (const [name] of new FormData(form)) address.searchParams.delete(name);
    for (const [name, value] of new FormData(form)) address.searchParams.append(name, value);
    const response = await fetch(address).catch(() => null);
    if (!response?.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (turn !== asked) return;
    document.getElementById("made").replaceWith(document.importNode(page.getElementById("made"), true));
    for (const place of form.querySelectorAll("[data-of]")) tell(place, page.getElementById(place.id));
    // A document has nothing to set but its colours.
    document.getElementById("of-searches").hidden = page.getElementById("of-searches").hidden;
    history.replaceState(null, "", address);
    offer();
  }

  // What is wrong with a field stands beside it; what is told already isn't told again.
  function tell(place, told) {
    const field = document.getElementById(place.dataset.of);
    if (told.children.length) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    if (place.textContent !== told.textContent) place.replaceChildren(...document.importNode(told, true).children);
  }

  function offer() {
    for (const button of document.querySelectorAll("[data-copy]")) {
      button.hidden = !navigator.clipboard;
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(build, PAUSE_MS);
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    status.textContent = "";
    await navigator.clipboard.writeText(button.closest("section").querySelector("textarea").value);
    status.textContent = status.dataset.copied;
  });
  offer();
})();
