// In the page around frames of class "tip-search": gives each the height that it asks for, and follows the links that a
// sandboxed one can't follow, to its own library only.
const frames = () => document.querySelectorAll("iframe.tip-search");

addEventListener("message", ({ source, data }) => {
  for (const frame of frames()) {
    if (source !== frame.contentWindow) continue;
    if (data?.message === "height") frame.height = Math.min(1000, Math.max(200, Number(data.value) || 0));
    if (data?.message === "link" && document.activeElement === frame) {
      const url = new URL(data.value, frame.src);
      if (url.origin === new URL(frame.src).origin) location.href = url.href;
    }
  }
});

// A frame that was there first has told its height already; one that comes later tells it then.
for (const frame of frames()) frame.contentWindow.postMessage({ message: "ready" }, "*");
