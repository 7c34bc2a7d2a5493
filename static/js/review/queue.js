// The queue by keyboard, and how many rows are chosen; without this the form still works.
import { onKey } from "../site/keys.js";

const form = document.querySelector("[data-queue]");
const rows = form ? [...form.querySelectorAll("[data-row]")] : [];

function findPick(row) {
  return row.querySelector("[data-pick]");
}

function findPresent() {
  return rows.findIndex((row) => row.contains(document.activeElement));
}

function go(step) {
  const present = findPresent();
  const next = present < 0 ? 0 : Math.min(Math.max(present + step, 0), rows.length - 1);
  const link = rows[next].querySelector("[data-open]");
  // Focused, so that Enter opens it and a reader's voice says where one is.
  link.focus({ preventScroll: true });
  rows[next].scrollIntoView({ block: "center" });
}

function startChoosing() {
  const all = form.querySelector("[data-pick-all]");
  const list = form.querySelector("[data-pick-list]");
  const said = form.querySelector("[data-chosen]");
  const tell = () => {
    const count = rows.filter((row) => findPick(row).checked).length;
    all.checked = count === rows.length;
    all.indeterminate = count > 0 && count < rows.length;
    said.textContent = count && !list.checked ? said.dataset.words.replace("{}", count) : "";
  };
  all.addEventListener("change", () => {
    for (const row of rows) findPick(row).checked = all.checked;
    tell();
  });
  form.addEventListener("change", tell);
  // The browser keeps ticks when one comes back to the page.
  tell();
  return tell;
}

function startKeys(tell) {
  onKey("j", () => go(1));
  onKey("k", () => go(-1));
  onKey("x", () => {
    const row = rows[findPresent()];
    if (!row) return;
    findPick(row).checked = !findPick(row).checked;
    tell();
  });
  onKey("l", () => rows[findPresent()]?.querySelector("[data-look]")?.click());
  onKey("p", () => {
    const button = form.querySelector("[data-publish]");
    const row = rows[findPresent()];
    const chosen = form.querySelector("[data-pick-list]").checked
      || rows.some((one) => findPick(one).checked);
    if (!chosen && row) findPick(row).checked = true;
    if (chosen || row) button?.click();
  });
}

if (rows.length) startKeys(startChoosing());
