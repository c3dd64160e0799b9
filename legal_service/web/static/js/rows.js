// Rows of a form: added and removed on the spot. Without a script the same buttons send the form and it comes back with the row.

function numbered(list) {
  list.querySelectorAll("[data-row]").forEach((row, place) => {
    for (const number of row.querySelectorAll(".number")) number.textContent = place + 1;
  });
}

function add(list) {
  const places = [...list.querySelectorAll("[data-row]")].map((row) => Number(row.dataset.row));
  const place = Math.max(-1, ...places) + 1;
  const row = list.querySelector("template").content.firstElementChild.cloneNode(true);
  for (const part of [row, ...row.querySelectorAll("*")]) {
    for (const { name, value } of [...part.attributes]) part.setAttribute(name, value.replaceAll("__place__", place));
  }
  list.querySelector("[data-rows]").append(row);
  numbered(list);
  row.querySelector("input, select")?.focus();
}

export function rows() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add], [data-drop]");
    const list = button?.closest("[data-list]");
    if (!list) return;
    event.preventDefault();
    if (button.matches("[data-add]")) {
      add(list);
    } else {
      button.closest("[data-row]").remove();
      numbered(list);
      list.querySelector("[data-add]").focus();
    }
  });
}
