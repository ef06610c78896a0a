// The page around hears of what happens in the element.
const heard = document.getElementById("heard");
for (const name of ["tip-search", "tip-results", "tip-select", "tip-error"]) {
  document.addEventListener(name, ({ target, detail }) => {
    heard.textContent = `${name} from #${target.id}: ${detail.url ?? `${detail.total} documents`}`;
  });
}
