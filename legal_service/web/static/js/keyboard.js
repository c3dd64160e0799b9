// Keys: / search, j k move, x select, Enter open, g l work list, g j jobs, ? help. Never while somebody types,
// and not at all for who switched them off (a voice that dictates presses single keys: WCAG 2.1.4).

const TYPING = "input, textarea, select, [contenteditable]";
let after_g = false;

function rows() {
  return [...document.querySelectorAll("table[data-rows] tbody tr")];
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.classList.contains("current"));
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  all[at]?.classList.remove("current");
  next.classList.add("current");
  const link = next.querySelector("a[href]");
  (link ?? next).focus();
  next.scrollIntoView({ block: "nearest" });
}

function current() {
  return rows().find((row) => row.classList.contains("current"));
}

function go(where) {
  const link = document.querySelector(`.desk-nav a[href="${where}"]`);
  if (link) link.click();
}

const KEYS = {
  "/": () => document.getElementById("q")?.focus(),
  j: () => move(1),
  k: () => move(-1),
  x: () => current()?.querySelector('input[type="checkbox"]')?.click(),
  Enter: () => current()?.querySelector("a[href]")?.click(),
  "?": () => document.getElementById("keys")?.showModal(),
  g: () => { after_g = true; setTimeout(() => { after_g = false; }, 1500); },
};

export function keyboard() {
  if (document.body.dataset.keysOff !== undefined) return; // switched off on the account page
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches(TYPING)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (after_g) {
      after_g = false;
      if (event.key === "l") go("/cases");
      if (event.key === "j") go("/jobs");
      return;
    }
    const act = KEYS[event.key];
    if (!act || (event.key === "Enter" && event.target.closest("a, button, summary"))) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.("table[data-rows] tbody tr");
    if (!row) return;
    current()?.classList.remove("current");
    row.classList.add("current");
  });
}
