// Forms: not sent twice, not left half-written without a word, a refusal read first. Nothing is kept in the browser's storage.

let dirty = false;

export function forms() {
  document.getElementById("refused")?.focus();
  document.addEventListener("input", (event) => {
    if (event.target.closest('form[method="post"]:not([role="search"])')) dirty = true;
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    dirty = false;
    const words = event.submitter?.dataset.busy;
    if (words) document.getElementById("live").textContent = words;
    // a download leaves the page where it is: allow the next one
    if (form.dataset.download !== undefined) setTimeout(() => { delete form.dataset.sent; }, 3000);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.forms) delete form.dataset.sent;
  });
  addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
  for (const box of document.querySelectorAll("[data-select-all]")) {
    box.addEventListener("change", () => {
      for (const one of document.querySelectorAll(`input[name="${box.dataset.selectAll}"]`)) one.checked = box.checked;
    });
  }
}
