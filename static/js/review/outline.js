// The outline: each act goes to the server and comes back as the tree; only its part of the page
// changes. Without this module the same buttons lead to a page of their own.

const PART = { "X-Part": "outline" };

function findDesk() {
  return document.querySelector("[data-outline-desk]");
}

function focusRow(desk, index, field) {
  const row = desk.querySelector(`[data-row="${index}"]`);
  (field && row?.querySelector(field) || row?.querySelector(".outline-name"))?.focus();
}

// One after the other: each act starts from the tree that the last one left.
let last = Promise.resolve();

function act(value, focus) {
  last = last.then(() => send(value, focus));
}

async function send(value, focus) {
  const desk = findDesk();
  const data = new FormData(desk);
  data.set("act", value);
  desk.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(desk.getAttribute("action"), {
      method: "POST", body: data, headers: PART, redirect: "error",
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-outline-desk]");
    if (!fresh) throw new Error(String(answer.status));
    const adopted = document.importNode(fresh, true);
    desk.replaceWith(adopted);
    const opened = adopted.querySelector(".outline-row.opened");
    focusRow(adopted, focus?.row ?? opened?.dataset.row ?? 0, focus?.field);
    adopted.dispatchEvent(new Event("outlinechange", { bubbles: true }));
  } catch {
    // The form itself still works, and shows what is wrong.
    desk.removeAttribute("aria-busy");
    const button = document.createElement("button");
    button.name = "act";
    button.value = value;
    button.hidden = true;
    desk.append(button);
    desk.requestSubmit(button);
  }
}

// The words of the opened piece, where the stored outline is shown beside its text.
function showWords(name) {
  const rows = document.querySelector(".text-rows");
  const pending = findDesk().hasAttribute("data-pending");
  const mark = pending || !rows ? null : document.getElementById(name.dataset.key);
  if (mark && matchMedia("(width >= 62rem)").matches) rows.scrollTop = mark.offsetTop - 48;
}

function startButtons() {
  document.addEventListener("submit", (event) => {
    const desk = event.target.closest?.("[data-outline-desk]");
    const { value = "" } = /** @type {HTMLButtonElement} */ (event.submitter) ?? {};
    if (!desk || !value || value === "save" || event.submitter.hidden) return;
    event.preventDefault();
    const opened = desk.querySelector(".outline-row.opened")?.dataset.row;
    // A second press on the opened piece closes it.
    const name = event.submitter.classList.contains("outline-name");
    const same = name && value === `open-${opened}`;
    if (name && !same) showWords(event.submitter);
    act(same ? "open-none" : value, same ? { row: opened } : undefined);
  });
}

const KEYS = {
  ArrowRight: (row) => act(`indent-${row}`, { row }),
  ArrowLeft: (row) => act(`outdent-${row}`, { row }),
  ArrowUp: (row) => act(`merge-${row}`, { row: Math.max(row - 1, 0) }),
};

function onKeys(event) {
  const name = event.target.closest?.(".outline-name");
  if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
  const row = Number(name.closest("[data-row]").dataset.row);
  if (event.shiftKey && KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key](row);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    focusRow(findDesk(), row + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "F2") {
    event.preventDefault();
    act(`open-${row}`, { row, field: "[name=heading]" });
  }
}

// Dragging: sideways a piece changes its level, onto another one it goes below that.
const STEP = 28;
let drag = null;

// By height alone: a piece that is drawn out to the left leaves its row.
function findTarget(event) {
  return [...findDesk().querySelectorAll("[data-row]")].find((row) => {
    const box = row.getBoundingClientRect();
    return box.top <= event.clientY && event.clientY < box.bottom;
  }) ?? null;
}

function follow(event) {
  if (!drag) return;
  const target = findTarget(event);
  findDesk().querySelectorAll(".target").forEach((row) => row.classList.remove("target"));
  if (target && target !== drag.row) target.classList.add("target");
}

function drop(event) {
  if (!drag) return;
  const { row, x } = drag;
  row.classList.remove("lifted");
  drag = null;
  const target = findTarget(event);
  findDesk().querySelectorAll(".target").forEach((one) => one.classList.remove("target"));
  const index = Number(row.dataset.row);
  if (target && target !== row) {
    act(`nest-${index}-${target.dataset.row}`, { row: index });
    return;
  }
  const level = Number(row.dataset.level) - 1 + Math.round((event.clientX - x) / STEP);
  if (target === row && level !== Number(row.dataset.level) - 1) {
    act(`level-${index}-${Math.max(level, 0)}`, { row: index });
  }
}

function startDragging() {
  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest?.("[data-grip]");
    if (!grip || event.button) return;
    event.preventDefault();
    drag = { row: grip.closest("[data-row]"), x: event.clientX };
    drag.row.classList.add("lifted");
  });
  document.addEventListener("pointermove", follow);
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", () => {
    drag?.row.classList.remove("lifted");
    drag = null;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drag) return;
    drag.row.classList.remove("lifted");
    drag = null;
  });
}

if (findDesk()) {
  document.documentElement.classList.add("with-script");
  startButtons();
  startDragging();
  document.addEventListener("keydown", onKeys);
}
