// Shows a PDF at a page, with what was looked for marked. PDF.js does the work; this is the frame around it.
import * as pdfjsLib from "./pdf.min.mjs";

globalThis.pdfjsLib = pdfjsLib;
const { EventBus, PDFFindController, PDFLinkService, PDFViewer } = await import("./pdf_viewer.mjs");
pdfjsLib.GlobalWorkerOptions.workerSrc = new URL("./pdf.worker.min.mjs", import.meta.url).href;

const STEP = 1.2;
const frame = document.querySelector("[data-pdf]");
const tools = document.querySelector("[data-pdf-tools]");
const number = document.querySelector("[data-pdf-number]");
const status = document.querySelector("[data-pdf-status]");
const wanted = JSON.parse(frame.dataset.find);

const eventBus = new EventBus();
const linkService = new PDFLinkService({ eventBus });
const findController = new PDFFindController({ eventBus, linkService });
const viewer = new PDFViewer({
  container: frame,
  viewer: frame.firstElementChild,
  eventBus,
  linkService,
  findController,
  annotationMode: pdfjsLib.AnnotationMode.ENABLE,
  annotationEditorMode: pdfjsLib.AnnotationEditorType.DISABLE,
});
linkService.setViewer(viewer);

const find = (type, findPrevious) =>
  eventBus.dispatch("find", {
    source: window,
    type,
    query: wanted,
    phraseSearch: true,
    caseSensitive: false,
    entireWord: false,
    highlightAll: true,
    matchDiacritics: false,
    findPrevious,
  });

const say = (template, values) =>
  template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

const actions = {
  previous: () => viewer.previousPage(),
  next: () => viewer.nextPage(),
  smaller: () => (viewer.currentScale = Math.max(0.25, viewer.currentScale / STEP)),
  larger: () => (viewer.currentScale = Math.min(8, viewer.currentScale * STEP)),
  fit: () => (viewer.currentScaleValue = "page-width"),
  hitBefore: () => find("again", true),
  hitAfter: () => find("again", false),
};
const keys = { "+": "larger", "=": "larger", "-": "smaller", 0: "fit", n: "next", p: "previous" };

eventBus.on("pagesinit", () => {
  viewer.currentScaleValue = "page-width";
  viewer.currentPageNumber = Math.min(Number(frame.dataset.page), viewer.pagesCount);
  number.max = viewer.pagesCount;
  tools.hidden = false;
  if (wanted.length) find("", false);
});
eventBus.on("pagechanging", ({ pageNumber }) => {
  number.value = pageNumber;
  status.textContent = say(frame.dataset.where, { page: pageNumber, pages: viewer.pagesCount });
});

tools.addEventListener("click", (event) => {
  const action = actions[event.target.closest("[data-do]")?.dataset.do];
  if (action) action();
});
number.addEventListener("change", () => (viewer.currentPageNumber = Number(number.value)));
frame.addEventListener("keydown", (event) => {
  const action = actions[keys[event.key]];
  if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  action();
});

try {
  const pdf = await pdfjsLib.getDocument({ url: frame.dataset.pdf, isEvalSupported: false, enableXfa: false }).promise;
  viewer.setDocument(pdf);
  linkService.setDocument(pdf);
} catch {
  status.textContent = frame.dataset.failed;
}
