/* Pages of results change in place: the address is fetched and the list, the filters and the foot are taken from it.
   Whatever goes wrong, the browser goes there itself. Nothing is kept; each way back is fetched again. */
"use strict";

(() => {
  const PARTS = ["#found", ".foot"];
  const HEAD = "link[rel=canonical],link[rel=prev],link[rel=next],link[rel=alternate]";
  const form = document.getElementById("search");
  const told = document.getElementById("told");
  const found = () => document.getElementById("found");
  let asked = null;

  /* What an element is called on the next page, too. */
  const nameOf = (one) => {
    if (one.id) return `#${CSS.escape(one.id)}`;
    if (one.name) return `[name="${CSS.escape(one.name)}"]` + (one.type === "checkbox" ? `[value="${CSS.escape(one.value)}"]` : "");
    const box = one.matches("summary, details") && one.closest("li")?.querySelector("input");
    return box ? `li:has(> label > ${nameOf(box)}) > details${one.matches("summary") ? " > summary" : ""}` : null;
  };

  const show = (page, focus) => {
    const active = document.activeElement;
    const name = found().contains(active) || active.form === form ? nameOf(active) : null;
    const unfolded = new Map([...found().querySelectorAll("details")].map((one) => [nameOf(one), one.open]));
    const picked = [...document.querySelectorAll("input[form=pick]:checked")].map(nameOf);
    for (const part of PARTS) document.querySelector(part).replaceWith(page.querySelector(part));
    document.querySelectorAll(HEAD).forEach((one) => one.remove());
    document.head.append(...page.querySelectorAll(HEAD));
    document.title = page.title;
    unfolded.delete(null);
    for (const one of found().querySelectorAll("details")) one.open = unfolded.get(nameOf(one)) ?? one.open;
    for (const one of picked) found().querySelector(one)?.click();
    form.elements.q.value = page.getElementById("q").value;
    for (const one of form.elements.match) one.checked = page.querySelector(`[name=match][value=${one.value}]`).checked;
    const next = focus === "keep" && name && document.querySelector(name);
    if (next) next.focus({ preventScroll: true });
    else if (focus) document.getElementById("total").focus();
    told.textContent = found().dataset.told;
    document.dispatchEvent(new Event("results"));
  };

  /* `focus`: "keep" it, move it to the "total", or leave it to the browser (""). */
  const go = (url, { push = true, focus = "keep", scroll = null } = {}) => {
    asked?.abort();
    const ask = (asked = new XMLHttpRequest());
    const leave = () => ask === asked && location.assign(url);
    const wait = setTimeout(() => { told.textContent = told.dataset.busy; }, 300);
    found().setAttribute("aria-busy", "true");
    ask.onloadend = () => clearTimeout(wait);
    ask.onerror = leave;
    ask.onload = () => {
      if (ask !== asked) return;
      const page = ask.response;
      if (ask.status !== 200 || !page || !PARTS.every((part) => page.querySelector(part))) return leave();
      if (push) {
        history.replaceState({ scroll: scrollY }, "");
        history[url === location.href ? "replaceState" : "pushState"](null, "", url);
      }
      show(page, focus);
      if (scroll !== null) scrollTo(0, scroll);
    };
    ask.open("GET", url);
    ask.responseType = "document";
    ask.send();
  };

  /* The address that the form leads to, without what is at its default. */
  const address = () => {
    const url = new URL(form.action);
    for (const [name, value] of new FormData(form)) if (value) url.searchParams.append(name, value);
    for (const [name, value] of [["match", "all"], ["sort", "relevance"], ["size", "10"]]) {
      if (url.searchParams.get(name) === value) url.searchParams.delete(name);
    }
    return url.href;
  };

  const live = () => {
    document.addEventListener("change", (event) => {
      const field = event.target;
      if (field.form === form && found().contains(field) && field.reportValidity()) go(address());
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.submitter?.closest(".apply")) document.getElementById("drawer").open = false;
      go(address(), { focus: "total" });
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest("#found a[href]");
      const plain = !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.defaultPrevented);
      if (!link || !plain || link.hasAttribute("download")) return;
      // Those of the charts are no HTML and have no whole address of their own.
      const url = new URL(link.getAttribute("href"), location.href);
      if (url.origin + url.pathname !== form.action.split("?")[0] || url.hash) return;
      event.preventDefault();
      go(url.href, { focus: "total" });
    });
    addEventListener("popstate", (event) => {
      if (!location.hash) go(location.href, { push: false, focus: "", scroll: event.state?.scroll ?? null });
    });
  };

  /* Typing in the box above a long list leaves what has a word that begins so. */
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const finder = (box) => {
    const list = box.closest("[data-values]");
    const left = list.querySelector("[data-left]");
    const rows = [...list.querySelectorAll(".choices li")].reverse();
    let wait = 0;
    box.addEventListener("input", () => {
      const words = fold(box.value).split(/\s+/).filter(Boolean);
      let count = 0;
      for (const row of rows) {
        const label = ` ${fold(row.querySelector(".choice-label").textContent).replace(/[^\p{L}\p{N}]+/gu, " ")}`;
        const fits = words.every((word) => label.includes(` ${word}`));
        count += fits;
        row.hidden = !fits && !row.querySelector("li:not([hidden])");
      }
      clearTimeout(wait);
      wait = setTimeout(() => { left.textContent = left.dataset.left.replace("{count}", count.toLocaleString(document.documentElement.lang)); }, 300);
    });
    // Enter in here would send the search off.
    box.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  };

  if (form && found()) live();
  document.querySelectorAll("[data-find]").forEach(finder);
})();
