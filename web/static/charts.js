// A part of another page comes when its <details> is opened; without a script its link leads to that page.
"use strict";

// In the phase of capture, as this event doesn't rise; on the document, as pages of results change in place.
document.addEventListener("toggle", async ({ target: door }) => {
  const address = door.dataset.load;
  if (!door.open || !address) return;
  delete door.dataset.load;
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    door.append(document.adoptNode(page.querySelector("[data-part]")));
  } catch {
    door.dataset.load = address; // the link is still there; opening it again tries again
  }
}, true);
