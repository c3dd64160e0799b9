// The end of the session, told before it comes; and a veil over the page when the window loses the reader (for roles that want it).

export function session() {
  const ends = document.body.dataset.ends;
  const box = document.getElementById("session-warning");
  if (ends && box) {
    setInterval(() => {
      const left = new Date(ends) - Date.now();
      if (left > 5 * 60_000) return;
      box.textContent = left > 0 ? box.dataset.soon : box.dataset.over;
      box.hidden = false;
    }, 10_000);
  }
  if (document.body.dataset.veil !== undefined) {
    addEventListener("blur", () => document.body.classList.add("veiled"));
    addEventListener("focus", () => document.body.classList.remove("veiled"));
  }
}
