// <tip-search>: a library's search in the page of somebody else. docs/widget.md says how it is used.
//
// One file without dependencies: a custom element with an open shadow root. All text from the library becomes text nodes,
// no string ever becomes markup, and only http(s) addresses become links. Nothing is stored, no cookie is sent, and
// nobody but the library is asked. There is no <form> inside, as a sandboxed frame would block it.
//
// Lines that only hold a comment are left out when the file is served.

const FACETS = {
  region: "Region",
  origin: "Country of origin",
  transit: "Country of transit",
  destination: "Country of destination",
  topic: "Topic",
  form: "Form of exploitation",
  context: "Context and people",
  response: "Response",
  sector: "Economic sector",
  type: "Type",
  language: "Language",
  year: "Year",
  publisher: "Publisher",
};
const ENGLISH = {
  label: "Search the library",
  search: "Search",
  suggestions: "Suggestions: {n}",
  results: { one: "{n} document", other: "{n} documents" },
  none: "No documents found",
  busy: "Searching…",
  slow: "The library takes longer than usual.",
  failed: "The library can’t be reached at the moment.",
  open: "Open this search in the library",
  more: "Show more",
  meant: "Did you mean {q}?",
  instead: "Nothing has {q}. Shown instead: {r}",
  quoted: "“{v}”",
  also: "Also searched:",
  typed: "Search only what was typed",
  filters: "Filters",
  within: "Within {v}",
  remove: "Remove filter: {v}",
  clear: "Clear all filters",
  page: "Page {n}",
  printed: "Page {n} (printed {p})",
  warning: "Content warning: {v}",
  tab: "(opens in a new tab)",
  ...FACETS,
};

const STYLE = new CSSStyleSheet();
STYLE.replaceSync(`
:host { display: block; }
.root {
  --text: var(--tip-text, light-dark(#1d2526, #e5e8e3));
  --soft: var(--tip-muted, light-dark(#556062, #a5afae));
  --ground: var(--tip-background, light-dark(#fff, #1a2324));
  --accent: var(--tip-accent, light-dark(#0b5a60, #83cdc8));
  --on-accent: var(--tip-on-accent, light-dark(#fff, #0c1f20));
  --edge: var(--tip-border, light-dark(#828b8a, #77827f));
  --mark: var(--tip-mark, light-dark(#fbe39a, #6a5413));
  --radius: var(--tip-radius, .3em);
  --gap: var(--tip-gap, .75em);
  all: initial;
  display: block;
  position: relative;
  color-scheme: inherit;
  box-sizing: border-box;
  max-inline-size: var(--tip-max-width, 46em);
  padding: var(--tip-padding, 1em);
  color: var(--text);
  background: var(--ground);
  font-family: var(--tip-font, inherit);
  font-size: max(1em, 14px);
  line-height: 1.5;
  overflow-wrap: anywhere;
}
:host([theme=light]) .root { color-scheme: light; }
:host([theme=dark]) .root { color-scheme: dark; }
* { box-sizing: border-box; }
[hidden], :host([hidden]) { display: none !important; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.name, .title { display: block; margin: 0 0 .3em; font-size: 1.1em; font-weight: 600; }
.row, .chips, .foot { display: flex; flex-wrap: wrap; align-items: center; gap: .5em; }
.field { position: relative; flex: 1 1 9em; min-inline-size: 0; }
input, button, .options { font: inherit; color: inherit; border: 1px solid var(--edge); border-radius: var(--radius); }
input, button { min-block-size: 2.75em; }
.field input { inline-size: 100%; background: var(--ground); padding-inline: .75em; }
button { background: var(--accent); color: var(--on-accent); padding: .3em 1em; cursor: pointer; }
button.plain { min-block-size: 24px; padding: .1em .6em; background: none; color: var(--accent); }
a { color: var(--accent); display: inline-block; min-block-size: 24px; min-inline-size: 24px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
ul, ol { list-style: none; margin: 0; padding: 0; }
p { margin: var(--gap) 0 0; }
.options { position: absolute; z-index: 9; inset-inline: 0; max-block-size: 16em; overflow: auto; background: var(--ground); }
.options li { display: flex; justify-content: space-between; gap: 1em; padding: .4em .75em; min-block-size: 24px; cursor: pointer; }
.options [aria-selected=true] { background: var(--accent); color: var(--on-accent); }
.options [aria-selected=true] .soft { color: inherit; }
.soft { color: var(--soft); font-size: .875em; }
.chips:not(:empty), .filters, .results, .foot { margin-block-start: var(--gap); }
.filters > div { columns: 16em; }
.filters details > ul { max-block-size: 18em; overflow: auto; padding: 4px; }
.filters ul details { margin-inline-start: 1.2em; }
summary { cursor: pointer; min-block-size: 24px; }
.filters label { display: flex; align-items: center; gap: .4em; padding-block: .15em; min-block-size: 24px; }
.filters label > :not(bdi) { flex: none; }
.filters input { min-block-size: 0; inline-size: 1.1em; block-size: 1.1em; margin: 0; accent-color: var(--accent); }
.results > li { padding-block: var(--gap); border-block-start: 1px solid var(--edge); }
.passage { margin-block-start: .3em; }
mark { background: var(--mark); color: inherit; }
@media (forced-colors: active) {
  mark { background: Mark; color: MarkText; }
  button { background: ButtonFace; color: ButtonText; }
  .options [aria-selected=true] { background: Highlight; color: HighlightText; forced-color-adjust: none; }
}
`);

// An element with these attributes and children; strings among them become text. What is empty, null or false is left out.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter(Boolean));
  return element;
}

// The text without controls, and characters that reorder what is around them.
const clean = (text) => `${text ?? ""}`.replace(/(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/gu, "");

// The text with the spans marked. Spans count characters, not the halves that a string is made of.
function marked(text, spans) {
  const characters = Array.from(text);
  const piece = (start, end) => clean(characters.slice(start, end).join(""));
  const parts = [];
  let at = 0;
  for (const [start, end] of spans) {
    if (start < at || end <= start) continue;
    parts.push(piece(at, start), make("mark", { part: "mark" }, piece(start, end)));
    at = end;
  }
  return [...parts, piece(at)];
}

// Texts in a row, each in the direction of its own.
const row = (texts) => texts.flatMap((one, at) => [at ? " · " : "", make("bdi", {}, clean(one))]);

function labelOf(values, wanted) {
  for (const one of values ?? []) {
    const found = one.value === wanted ? one.label : labelOf(one.children, wanted);
    if (found) return found;
  }
  return "";
}

// Pairs of an address with one parameter called otherwise: the one of the facet `language` is `lang`.
const renamed = (pairs, from, to) => pairs.map(([name, value]) => [name === from ? to : name, value]);
const isIn = (pairs, [name, value]) => pairs.some((pair) => pair[0] === name && pair[1] === value);

let count = 0;

class TipSearch extends HTMLElement {
  static observedAttributes = [
    "endpoint", "facets", "heading", "label", "lang", "limit", "mode", "passages", "placeholder", "preset", "query",
    "show-preset", "strings", "target",
  ];

  #number = ++count;
  #words = [];
  #own = {};
  #text = "";
  #fixed = [];
  #chosen = [];
  #literal = [];
  #page;
  #next = "";
  #answer;
  #active = -1;
  #asking = {};
  #watcher;
  #started = 0;
  #open = [];
  #parts = {};
  #base;
  #ready;

  // Starts when it is near the window, so that a page that is only opened asks nothing of the library.
  connectedCallback() {
    // What was set before this script had run hides the accessor.
    const { strings } = this;
    if (delete this.strings && strings !== this.#own) this.strings = strings;
    if (this.#started) return;
    if (this.hasAttribute("eager")) return this.#start();
    this.#watcher = new IntersectionObserver(
      (seen) => seen.some((one) => one.isIntersecting) && this.#start(),
      { rootMargin: "300px" },
    );
    this.#watcher.observe(this);
  }

  // What is asked goes on, as the element may only be moved.
  disconnectedCallback() {
    this.#watcher?.disconnect();
  }

  // What readers have searched for and chosen stays, unless another search is set.
  attributeChangedCallback(name, before, now) {
    if (!this.#started || before === now) return;
    if (this.#parts.box && /^(label|placeholder)/.test(name)) this.#dress();
    else this.#start(/^(preset|query|show-preset|endpoint)/.test(name));
  }

  // Words of one's own, by the names of ENGLISH; what is left out stays as it is.
  get strings() {
    return this.#own;
  }

  set strings(words) {
    this.#own = words ?? {};
    if (this.#started) this.#start(false);
  }

  // Searches as if this had been typed.
  search(text) {
    return this.#begun().then(() => this.#submit(text ?? ""));
  }

  focus(options) {
    if (this.#home) this.#home.focus(options);
    else this.#begun().then(() => this.#home.focus(options));
  }

  #begun() {
    if (!this.#started) this.#start();
    return this.#ready;
  }

  // Where the focus goes that has no place any more.
  get #home() {
    return this.#isList ? this.#parts.status : this.#parts.input;
  }

  #start(isNew = true) {
    this.#watcher?.disconnect();
    const turn = ++this.#started;
    this.#base = this.#library();
    if (isNew) this.#read();
    this.#ready = this.#learn().then((words) => {
      if (turn !== this.#started) return;
      this.#words = words;
      this.#build();
      if (this.#text || this.#isList || this.#answer || this.hasAttribute("preset")) return this.#ask();
    });
  }

  get #isList() {
    return this.getAttribute("mode") === "list";
  }

  get #tongue() {
    const named = this.closest("[lang]:not([lang=''])")?.lang;
    try {
      return Intl.getCanonicalLocales(named.replaceAll("_", "-"))[0];
    } catch {
      return "en";
    }
  }

  // Where the library is: as the attribute says, or else where this file came from.
  #library() {
    const named = this.getAttribute("endpoint") || new URL("../..", import.meta.url).href;
    try {
      return new URL(".", new URL(named.replace(/\/*$/, "/"), document.baseURI));
    } catch {
      console.error(`tip-search: endpoint must be the library’s address, not “${named}”`);
      // Nothing can be reached there.
      return "nowhere:/";
    }
  }

  #at(path) {
    return new URL(path, this.#base);
  }

  // A whole number in an attribute, as near as it may be.
  #amount(name, usual, least, most) {
    const given = parseInt(this.getAttribute(name));
    return isNaN(given) ? usual : Math.min(most, Math.max(least, given));
  }

  // A web address that the library gave, or null for what is none.
  #safe(url) {
    try {
      const found = new URL(url, this.#at(""));
      return /^https?:$/.test(found.protocol) ? found.href : null;
    } catch {
      return null;
    }
  }

  // What is asked for: a preset is the query string of a search in the library, or its whole address.
  #read() {
    const preset = this.getAttribute("preset") ?? "";
    const asked = new URLSearchParams(preset.replace(/^([^?=#]*|(https?:\/)?\/[^?#]*)\?|#.*/g, ""));
    const isShown = this.hasAttribute("show-preset");
    const canBeTaken = ([name]) => isShown && name in FACETS;
    // All other parameters are set here, or mean nothing.
    const kept = [...Object.keys(FACETS), "from", "to", "match", "expand", "spell", "sort"];
    const others = renamed([...asked], "lang", "language").filter(([name, value]) => value && kept.includes(name));
    this.#text = this.getAttribute("query") ?? asked.get("q") ?? "";
    this.#fixed = others.filter((pair) => !canBeTaken(pair));
    this.#chosen = others.filter(canBeTaken);
    this.#literal = [];
    this.#answer = null;
    if (this.#parts.input) this.#parts.input.value = this.#text;
  }

  // The words to speak with: the page's own, or else those of the language, or else English.
  async #learn() {
    const language = this.#tongue.split("-")[0];
    let words, given;
    // Languages with a file of their own; others bring their words in the attribute or property `strings`.
    if (["es", "fr", "ar"].includes(language)) {
      words = await this.#get("words", this.#at(`widget/v1/locale/${language}.json`)).catch(() => {});
    }
    try {
      given = JSON.parse(this.getAttribute("strings"));
    } catch {
      // Words that can't be read are none.
    }
    return [this.#own, given, words, ENGLISH];
  }

  #say(name, values = {}) {
    const tongue = this.#tongue;
    const rule = new Intl.PluralRules(tongue).select(values.n);
    const forms = this.#words.map((words) => words?.[name]).map((one) => one?.[rule] ?? one?.other ?? one);
    // A text in any language's way of writing is that text.
    return forms.find((form) => typeof form === "string").replace(/\{(\w+)\}/g, (_, key) => clean(values[key]?.toLocaleString(tongue)));
  }

  // ---- what is shown ----

  #build() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [STYLE];
    const tongue = this.#tongue;
    const held = root.activeElement;
    // What somebody is typing stays.
    const { value = this.#text } = this.#parts.input ?? {};
    const parts = (this.#parts = {
      input: make("input", {
        id: "q",
        part: "input",
        role: "combobox",
        dir: "auto",
        enterkeyhint: "search",
        autocomplete: "off",
        spellcheck: "false",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": "options",
        input: () => this.#typed(),
        keydown: (event) => this.#key(event),
        blur: () => this.#close(),
      }),
      options: make("ul", {
        id: "options",
        class: "options",
        part: "suggestions",
        role: "listbox",
        hidden: true,
        // The box keeps the focus.
        mousedown: (event) => event.preventDefault(),
      }),
      status: make("p", { part: "status", role: "status", tabindex: -1 }),
      voice: make("p", { class: "unseen", role: "status" }),
      notes: make("div"),
      chips: make("div", { class: "chips", part: "chips" }),
      filters: make("details", { class: "filters", part: "filters", hidden: true }),
      results: make("ol", { class: "results", part: "results", hidden: true }),
      more: make("button", { part: "more", hidden: true, click: () => this.#ask(this.#page + 1, this.#next) }, this.#say("more")),
      all: make("span"),
      name: make(this.#isList ? `h${Math.max(2, this.#level - 1)}` : "label", { class: "name", part: "label", for: !this.#isList && "q" }),
      box: make("div", { role: "search", hidden: this.#isList }),
      root: make("div", {
        class: "root",
        part: "root",
        lang: tongue,
        dir: /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/.test(tongue) ? "rtl" : "ltr",
        click: (event) => this.#follow(event),
      }),
    });
    parts.input.value = value;
    parts.box.append(
      make(
        "div",
        { class: "row" },
        make("div", { class: "field" }, parts.input, parts.options),
        make("button", { part: "button", click: () => this.#submit() }, this.#say("search")),
      ),
    );
    parts.root.append(
      parts.name,
      parts.box,
      parts.status,
      parts.voice,
      parts.notes,
      parts.chips,
      parts.filters,
      parts.results,
      make("div", { class: "foot" }, parts.more, parts.all),
      make("slot", { name: "notice" }),
      make("slot", { name: "footer" }),
    );
    this.#dress();
    root.replaceChildren(parts.root);
    if (held) this.focus();
  }

  // Of the headings of results; over those of a list stands its label.
  get #level() {
    return this.#amount("heading", this.#isList && this.hasAttribute("label") ? 3 : 2, 1, 6);
  }

  // What may change while the rest stays.
  #dress() {
    const { box, name, input, options } = this.#parts;
    const own = this.getAttribute("label");
    const label = own || this.#say("label");
    name.textContent = options.ariaLabel = label;
    // Landmarks of one page want names of their own.
    box.ariaLabel = this.#number > 1 ? `${label} (${this.#number})` : label;
    name.hidden = this.#isList && !own;
    input.placeholder = this.getAttribute("placeholder") ?? "";
  }

  // A link to the library, or plain text if the address is none.
  #link(url, attributes, ...children) {
    // Where the page is framed itself, the library would not open: it may not be framed.
    const target = this.getAttribute("target") ?? (self !== top && "_top");
    const isNew = target === "_blank";
    const href = this.#safe(url);
    return make(
      href ? "a" : "span",
      { href, target, rel: isNew && "noopener", referrerpolicy: "no-referrer", ...attributes },
      ...children,
      isNew && make("span", { class: "unseen" }, ` ${this.#say("tab")}`),
    );
  }

  #note(...children) {
    this.#parts.notes.append(make("p", { class: "note" }, ...children));
  }

  #button(text, click, attributes) {
    return make("button", { class: "plain", click, ...attributes }, text);
  }

  // ---- suggestions ----

  #typed() {
    this.#stop("suggest");
    const text = this.#parts.input.value.trim();
    if (!text) return this.#close();
    const timer = setTimeout(() => this.#suggest(text), 40);
    this.#asking.suggest = { abort: () => clearTimeout(timer) };
  }

  async #suggest(text) {
    const url = this.#at("api/v1/suggest");
    url.search = new URLSearchParams({ q: text, ui: this.#tongue });
    try {
      const { suggestions } = await this.#get("suggest", url);
      this.#offer(suggestions ?? []);
    } catch {
      // Whatever it was, searching itself may still work.
    }
  }

  #offer(suggestions) {
    const { input, options, voice } = this.#parts;
    this.#active = -1;
    input.removeAttribute("aria-activedescendant");
    options.replaceChildren(
      ...suggestions.map((one, index) =>
        make(
          "li",
          { id: `o${index}`, role: "option", part: "suggestion", "aria-selected": "false", click: () => this.#submit(one.text) },
          make("bdi", {}, clean(one.text)),
          // What stands in the text already isn't said again.
          !one.text.toLowerCase().includes(one.label.toLowerCase()) && make("bdi", { class: "soft" }, clean(one.label)),
        ),
      ),
    );
    options.hidden = !suggestions.length;
    input.ariaExpanded = !options.hidden;
    voice.textContent = this.#say("suggestions", { n: suggestions.length });
  }

  #close() {
    this.#stop("suggest");
    if (!this.#parts.options.hidden) this.#offer([]);
    this.#parts.voice.textContent = "";
  }

  // Parameters that are `literal` are “no” for this search.
  #submit(text = this.#parts.input.value, ...literal) {
    this.#parts.input.value = text;
    this.#text = text.trim();
    this.#literal = literal.map((name) => [name, "no"]);
    return this.#ask();
  }

  #move(step) {
    const { input, options } = this.#parts;
    // The box itself is a stop on the way round.
    const stops = options.children.length + 1;
    this.#active = ((this.#active + 1 + step + stops) % stops) - 1;
    [...options.children].forEach((one, index) => (one.ariaSelected = index === this.#active));
    const active = options.children[this.#active];
    if (active) {
      input.setAttribute("aria-activedescendant", active.id);
      active.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    const { input, options } = this.#parts;
    const isOpen = !options.hidden;
    const { key } = event;
    if (event.isComposing) return;
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (isOpen) this.#move(key === "ArrowDown" ? 1 : -1);
      else this.#typed();
    } else if (key === "Enter") {
      if (this.#active < 0) this.#submit();
      else options.children[this.#active].click();
    } else if (key === "Escape" && (isOpen || input.value)) {
      if (!isOpen) input.value = "";
      this.#close();
    } else {
      // A shortcut of the page around must not take a letter that is typed here.
      if (key.length === 1) event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  // ---- asking ----

  #stop(kind) {
    this.#asking[kind]?.abort();
    delete this.#asking[kind];
  }

  // The answer as JSON, waited for as long as its kind may take; fails with `isLate` once something newer of its kind is asked.
  async #get(kind, url) {
    this.#stop(kind);
    const control = (this.#asking[kind] = new AbortController());
    setTimeout(() => control.abort(), kind === "words" ? 2000 : 15000);
    const fresh = (value) => {
      if (this.#asking[kind] === control) return value;
      throw { isLate: true };
    };
    try {
      const response = await fetch(url, {
        signal: control.signal,
        cache: "no-store",
        credentials: "omit",
        referrerPolicy: "no-referrer",
      });
      const body = await response.json();
      if (!response.ok) throw Object.assign(new Error(body.detail), { status: response.status });
      return fresh(body);
    } catch (error) {
      throw fresh(error);
    }
  }

  #query(page) {
    const pairs = renamed([...this.#fixed, ...this.#chosen, ...this.#literal], "language", "lang");
    if (this.#text) pairs.unshift(["q", this.#text]);
    if (page) {
      // Those that are shown; of all others answers would be several times as long.
      const facets = new Set([...this.#offered, ...this.#chosen.map(([name]) => name)]);
      if (!facets.size) facets.add("none");
      pairs.push(["page", page], ["size", this.#amount("limit", 5, 1, 100)], ...[...facets].map((name) => ["facets", name]));
    }
    return new URLSearchParams([...pairs, ["ui", this.#tongue.split("-")[0]]]);
  }

  #tell(name, detail) {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
  }

  // Pages beyond the first are asked for by the address in the answer before, which alone leads to the last result.
  // Gives whether an answer has come.
  async #ask(page = 1, next = "") {
    const { status, results, notes } = this.#parts;
    const url = this.#at("api/v1/search");
    url.search = next ? new URL(next, url).search : this.#query(page);
    this.#close();
    if (!this.#tell("tip-search", { query: this.#text, page, url: url.href })) return false;
    const timers = [
      setTimeout(() => (status.textContent = this.#say("busy")), 300),
      setTimeout(() => this.#trouble("slow"), 4000),
    ];
    let wrong;
    results.ariaBusy = true;
    const answer = await this.#get("search", url).catch((error) => {
      wrong = error;
    });
    timers.forEach(clearTimeout);
    if (wrong?.isLate) return false;
    results.ariaBusy = null;
    if (wrong) {
      if (page === 1) this.#show(null, page);
      this.#trouble("failed", wrong.status < 500 ? wrong.message : "");
      this.#tell("tip-error", { error: wrong, url: url.href });
      return false;
    }
    status.textContent = "";
    notes.replaceChildren();
    if (this.#tell("tip-results", answer)) this.#show(answer, page);
    return true;
  }

  // Says what is wrong, with the way to the same search in the library itself.
  #trouble(name, detail) {
    const { status, notes } = this.#parts;
    status.textContent = detail || this.#say(name);
    notes.replaceChildren();
    this.#note(this.#there());
  }

  #there() {
    const url = this.#at("search");
    url.search = this.#query();
    return this.#link(url, {}, this.#say("open"));
  }

  // ---- the answer ----

  #show(answer, page) {
    const { results, more, all, status } = this.#parts;
    const found = answer?.results ?? [];
    const before = page > 1 ? results.children.length : 0;
    const items = found.map((one) => this.#result(one));
    const held = this.shadowRoot.activeElement;
    this.#page = page;
    this.#next = answer?.links.next;
    if (before) results.append(...items);
    else results.replaceChildren(...items);
    results.hidden = !results.children.length;
    more.hidden = !this.#next;
    all.replaceChildren(...(answer ? [this.#there()] : []));
    if (answer) {
      const n = answer.total;
      const total = this.#say(n ? "results" : "none", { n });
      status.textContent = before ? `${before + found.length} / ${total}` : total;
      this.#reading(answer.query);
      answer.query.notices.forEach((notice) => this.#note(make("bdi", {}, clean(notice))));
    }
    this.#answer = answer ?? this.#answer;
    this.#chips();
    this.#filters();
    if (before) items[0]?.querySelector("a")?.focus();
    else if (held && !this.shadowRoot.activeElement) this.#refocus(held.dataset.key);
  }

  // The same control as before; a chip that is gone hands the focus to another.
  #refocus(key) {
    const same = this.shadowRoot.querySelector(`[data-key="${CSS.escape(key)}"]`);
    (same ?? (key && this.#parts.chips.querySelector("button")) ?? this.#home).focus();
  }

  // How the words were read, with a button for another way.
  #reading({ text, did_you_mean: meant, corrected, expansions = [] }) {
    const search = (...asked) => () => {
      // The button goes.
      this.focus();
      this.#submit(...asked);
    };
    const [typed, other] = [text, meant].map((v) => this.#say("quoted", { v }));
    if (corrected) {
      this.#note(this.#say("instead", { q: typed, r: other }), " ", this.#button(`${this.#say("search")}: ${typed}`, search(text, "spell")));
    } else if (meant) this.#note(this.#button(this.#say("meant", { q: other }), search(meant)));
    const added = expansions.flatMap((one) => one.added);
    if (added[0] && !this.#isList) this.#note(this.#say("also"), " ", row(added.slice(0, 6)), " ", this.#button(this.#say("typed"), search(text, "expand", "spell")));
  }

  // All of a result runs as its title does.
  #result(one) {
    const lang = one.language;
    const { date } = one;
    // As far as it is known: 2024, 2024-03 or 2024-03-05.
    const known = date && { timeZone: "UTC", year: "numeric", month: date[4] && "long", day: date[7] && "numeric" };
    const isByDate = known && isIn(this.#fixed, ["sort", "newest"]);
    const facts = [
      ...one.authors.slice(0, 3),
      one.publisher,
      isByDate ? new Date(date).toLocaleDateString(this.#tongue, known) : one.year,
    ];
    return make(
      "li",
      { part: "result", dir: "auto" },
      make(`h${this.#level}`, { class: "title", part: "title", lang }, this.#link(one.links.html, { "data-id": one.id }, clean(one.title))),
      make("div", { class: "soft", part: "facts" }, row([...new Set(facts.filter(Boolean))])),
      this.#warned(one.warning, one.pages.slice(0, this.#amount("passages", 3, 0, 3)).map((page) => this.#passage(page, one))),
    );
  }

  // What a document is warned of is shown to those who open it.
  #warned(warning, passages) {
    if (!warning) return passages;
    const told = make("bdi", {}, this.#say("warning", { v: warning }));
    if (!passages.length) return make("p", { part: "warning" }, told);
    return make("details", { part: "warning" }, make("summary", {}, told), passages);
  }

  #passage({ number, label, text, spans, link }, { id, language }) {
    const isPrinted = label && label !== `${number}`;
    return make(
      "div",
      { class: "passage", part: "passage" },
      this.#link(link, { "data-id": id, "data-page": number, dir: "auto" }, this.#say(isPrinted ? "printed" : "page", { n: number, p: label })),
      " ",
      make("bdi", { lang: language }, marked(text, spans)),
    );
  }

  // ---- filters ----

  #chips() {
    const chips = this.#chosen.map((pair) => {
      const [facet, value] = pair;
      const label = `${this.#say(facet)}: ${labelOf(this.#answer?.facets[facet], value) || value}`;
      return this.#button([make("bdi", {}, clean(label)), " ×"], () => this.#choose(pair), {
        part: "chip",
        "aria-label": this.#say("remove", { v: label }),
        "data-key": `chip ${pair}`,
      });
    });
    if (chips.length > 1) chips.push(this.#button(this.#say("clear"), () => this.#choose(), { part: "clear", "data-key": "chip" }));
    this.#parts.chips.replaceChildren(...chips);
  }

  // Takes a value or, if it is chosen already, gives it up; without one gives up all.
  #choose(pair) {
    if (!pair) this.#chosen = [];
    else this.#chosen = isIn(this.#chosen, pair) ? this.#chosen.filter((one) => !isIn([pair], one)) : [...this.#chosen, pair];
    this.#ask();
  }

  // Facets to choose in. One in which the preset has chosen for good could only widen the search.
  get #offered() {
    const names = this.getAttribute("facets") ?? "-";
    const fixed = this.#fixed.map(([name]) => name.replace(/^(from|to)$/, "year"));
    return (names.trim() || "region topic type")
      .split(/[,\s]+/)
      .filter((name) => Object.hasOwn(FACETS, name) && !fixed.includes(name));
  }

  #filters() {
    const { filters } = this.#parts;
    this.#open = [...filters.querySelectorAll("[open]")].map((one) => one.dataset.name);
    const groups = this.#offered
      .map((name) => [name, this.#answer?.facets[name] ?? []])
      .filter(([, values]) => values.length)
      .map(([name, values]) => this.#fold(name, this.#say(name), name, values));
    filters.hidden = !groups.length;
    filters.replaceChildren(make("summary", { "data-key": "filters" }, this.#say("filters")), make("div", {}, groups));
  }

  // Values of a facet behind a title. What holds something chosen stands open, and what stood open does.
  #fold(key, title, facet, values) {
    const isChosen = ({ value, children }) => isIn(this.#chosen, [facet, value]) || children.some(isChosen);
    return make(
      "details",
      { "data-name": key, open: this.#open.includes(key) || values.some(isChosen) },
      make("summary", { "data-key": `in ${key}` }, title),
      make("ul", { "aria-label": title }, values.map((one) => this.#value(facet, one))),
    );
  }

  #value(facet, { value, label, count, children }) {
    const pair = [facet, value];
    const key = pair.join();
    const tick = make("input", { type: "checkbox", "data-key": key, change: () => this.#choose(pair) });
    tick.checked = isIn(this.#chosen, pair);
    return make(
      "li",
      {},
      make("label", {}, tick, make("bdi", {}, clean(label)), make("span", { class: "soft" }, `(${count.toLocaleString(this.#tongue)})`)),
      children.length && this.#fold(key, this.#say("within", { v: label }), facet, children),
    );
  }

  // The page around may take a link over: a frame, for example, can't follow it by itself.
  #follow(event) {
    const link = event.target.closest?.("a");
    if (link && !this.#tell("tip-select", { url: link.href, id: link.dataset.id ?? null, page: +link.dataset.page || null })) event.preventDefault();
  }
}

// Two copies on one page: the first one serves.
customElements.get("tip-search") ?? customElements.define("tip-search", TipSearch);
