// The entries of a basket, put in order by dragging; the buttons work without this.
import { post } from "./gathering.js";
import { say } from "../site/toast.js";

const list = document.querySelector("[data-entries]");
const EDGE = 60;
const STEP = 12;
const MOVED = "yanku-moved";
let dragged = null;
let pressed = false;

// Leaving a note by pressing a button saves the note while the button is still down. What then
// moved the button, or lay over it, would take the press away.
function waitForRelease() {
  if (!pressed) return Promise.resolve();
  return new Promise((resolve) => {
    // The click comes right after the release.
    const release = () => setTimeout(resolve);
    addEventListener("pointerup", release, { once: true });
    addEventListener("pointercancel", release, { once: true });
  });
}

function readOrder() {
  return [...list.children].map((entry) => entry.dataset.entry).join(",");
}

function findAfter(y) {
  const others = [...list.children].filter((entry) => entry !== dragged);
  return others.find((entry) => {
    const box = entry.getBoundingClientRect();
    return y < box.top + box.height / 2;
  }) ?? null;
}

function listUnsaved() {
  const fields = [...list.querySelectorAll("textarea, input[type=text]")];
  const changed = fields.filter((field) => field.value !== field.defaultValue);
  return changed.map((field) => [field.closest(".entry").id, field.name, field.value]);
}

async function fetchPage() {
  const answer = await fetch(location.href);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function showLastStep(fresh) {
  const undo = fresh.querySelector(".undo-line");
  document.querySelector(".undo-line")?.remove();
  if (undo) list.before(document.importNode(undo, true));
}

// Numbers, what repeats what and the step to undo change with the order: the page tells.
async function refresh() {
  const fresh = await fetchPage();
  await waitForRelease();
  const adopt = (node) => document.importNode(node, true);
  const unsaved = listUnsaved();
  list.replaceChildren(...[...fresh.querySelector("[data-entries]").children].map(adopt));
  [...list.children].forEach(addHandle);
  for (const [id, name, value] of unsaved) {
    const field = document.getElementById(id)?.querySelector(`[name="${name}"]`);
    if (field) field.value = value;
  }
  showLastStep(fresh);
}

async function saveOrder(before) {
  const order = readOrder();
  if (order === before) return;
  try {
    const answer = await post(document, list.dataset.url, { action: "order", order });
    if (!answer.ok) throw new Error(String(answer.status));
    await refresh();
    say(document, list.dataset.moved);
  } catch {
    say(document, list.dataset.failed);
  }
}

function follow(event) {
  const after = findAfter(event.clientY);
  if (after !== dragged.nextElementSibling) list.insertBefore(dragged, after);
  if (event.clientY < EDGE) window.scrollBy(0, -STEP);
  else if (event.clientY > window.innerHeight - EDGE) window.scrollBy(0, STEP);
}

// Pointer events serve mouse, pen and finger alike. The window hears them: an entry that is
// moved in the list loses its own capture of the pointer.
function startDrag(event, entry) {
  if (event.button || dragged) return;
  event.preventDefault();
  const before = readOrder();
  const controller = new AbortController();
  const { signal } = controller;
  const drop = () => {
    controller.abort();
    dragged.classList.remove("dragged");
    dragged = null;
    saveOrder(before);
  };
  dragged = entry;
  entry.classList.add("dragged");
  addEventListener("pointermove", follow, { signal });
  addEventListener("pointerup", drop, { signal });
  addEventListener("pointercancel", drop, { signal });
}

function addHandle(entry) {
  const handle = document.createElement("span");
  handle.className = "entry-handle";
  handle.setAttribute("aria-hidden", "true");
  handle.title = list.dataset.handle;
  handle.textContent = "⠿";
  entry.querySelector(".entry-tools").append(handle);
  handle.addEventListener("pointerdown", (event) => startDrag(event, entry));
}

// A note is kept when it is left, whatever is done next.
async function saveNote(field) {
  // Not form.action: the form's buttons bear that name.
  const address = field.form.getAttribute("action");
  try {
    const answer = await post(document, address, { action: "save", note: field.value });
    const data = await answer.json();
    if (answer.ok) field.defaultValue = field.value;
    const fresh = answer.ok ? await fetchPage() : null;
    await waitForRelease();
    say(document, data.said ?? data.error);
    if (fresh) showLastStep(fresh);
  } catch {
    say(document, list.dataset.noteFailed);
  }
}

function rememberMove(event) {
  const { value } = event.submitter ?? {};
  if (value !== "up" && value !== "down") return;
  try {
    sessionStorage.setItem(MOVED, value);
  } catch {
    // Nothing to keep it in: the reader finds the button again.
  }
}

// The page is loaded anew with every step; the next press of the key must find the same button.
function returnToButton() {
  const entry = document.getElementById(location.hash.slice(1));
  try {
    const value = sessionStorage.getItem(MOVED);
    sessionStorage.removeItem(MOVED);
    const button = value && entry?.querySelector(`.entry-tools [value="${value}"]`);
    // Going to the anchor, which the browser does last, takes the focus away.
    if (button) addEventListener("load", () => requestAnimationFrame(() => button.focus()));
  } catch {
    // As above.
  }
}

if (list) {
  [...list.children].forEach(addHandle);
  addEventListener("pointerdown", () => { pressed = true; }, true);
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, () => { pressed = false; }, true);
  }
  list.addEventListener("submit", rememberMove);
  returnToButton();
  list.addEventListener("change", (event) => {
    if (event.target.matches('textarea[name="note"]')) saveNote(event.target);
  });
}
