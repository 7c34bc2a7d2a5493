// The entries of a basket, put in order by dragging; the buttons work without this.
import { post } from "./gathering.js";
import { say } from "./toast.js";

const list = document.querySelector("[data-entries]");
let dragged = null;

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

function renumber() {
  list.querySelectorAll(".entry-number").forEach((number, at) => { number.textContent = at + 1; });
}

async function saveOrder(before) {
  const order = readOrder();
  if (order === before) return;
  renumber();
  try {
    const answer = await post(document, list.dataset.url, { action: "order", order });
    say(document, answer.ok ? list.dataset.moved : list.dataset.failed);
  } catch {
    say(document, list.dataset.failed);
  }
}

// Pointer events serve mouse, pen and finger alike; the handle alone takes the finger's move.
function startDrag(handle, entry) {
  let before = "";
  handle.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    before = readOrder();
    dragged = entry;
    entry.classList.add("dragged");
    handle.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  handle.addEventListener("pointermove", (event) => {
    if (dragged !== entry) return;
    const after = findAfter(event.clientY);
    if (after !== entry.nextElementSibling) list.insertBefore(entry, after);
    const edge = 60;
    if (event.clientY < edge) window.scrollBy(0, -12);
    else if (event.clientY > window.innerHeight - edge) window.scrollBy(0, 12);
  });
  const drop = () => {
    if (dragged !== entry) return;
    dragged = null;
    entry.classList.remove("dragged");
    saveOrder(before);
  };
  handle.addEventListener("pointerup", drop);
  handle.addEventListener("pointercancel", drop);
}

function addHandle(entry) {
  const handle = document.createElement("span");
  handle.className = "entry-handle";
  handle.setAttribute("aria-hidden", "true");
  handle.title = list.dataset.handle;
  handle.textContent = "⠿";
  entry.querySelector(".entry-tools").append(handle);
  startDrag(handle, entry);
}

if (list) [...list.children].forEach(addHandle);
