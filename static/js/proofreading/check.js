// Walks through the findings: accept puts the suggestion into the draft, dismiss leaves it, and
// everything can be undone. The draft is on this page alone; leaving it is asked about once it
// was changed.
import { onKey } from "../site/keys.js";
import { copy } from "../site/copying.js";

const page = document;
const draft = page.querySelector("[data-draft]");
const list = [...page.querySelectorAll("[data-finding]")];
const undoButton = page.querySelector("[data-undo]");
const done = [];
let current = -1;
let saved = true;

function findPlace(item) {
  return page.querySelector(`[data-place="${item.dataset.finding}"]`);
}

function isUnsettled(item) {
  return !item.dataset.state;
}

function isOpen(item) {
  return !item.hidden && isUnsettled(item);
}

function show(index) {
  const item = list[index];
  if (!item) return;
  for (const other of page.querySelectorAll("[data-current]")) delete other.dataset.current;
  current = index;
  item.hidden = false;
  item.dataset.current = "";
  const place = findPlace(item);
  if (place) place.dataset.current = "";
  (place ?? item).scrollIntoView({ block: "center" });
  item.scrollIntoView({ block: "nearest" });
}

function step(by) {
  for (let at = current + by; at >= 0 && at < list.length; at += by) {
    if (isOpen(list[at])) {
      show(at);
      return;
    }
  }
}

function settle(item, state, text) {
  const place = findPlace(item);
  const before = { item, place, text: place?.textContent };
  item.dataset.state = state;
  if (place) {
    place.dataset.state = state;
    if (text !== undefined) place.textContent = text;
  }
  const words = page.querySelector(`[data-words="${state}"]`)?.textContent ?? "";
  item.querySelector("[data-state]").textContent = words;
  return before;
}

function act(items, state) {
  const steps = items.map((item) =>
    settle(item, state, state === "accepted" ? item.dataset.suggestion : undefined));
  if (!steps.length) return;
  done.push(steps);
  undoButton.disabled = false;
  saved = saved && state !== "accepted";
}

function undo() {
  for (const { item, place, text } of done.pop() ?? []) {
    delete item.dataset.state;
    item.querySelector("[data-state]").textContent = "";
    if (place) {
      delete place.dataset.state;
      place.textContent = text;
    }
  }
  undoButton.disabled = !done.length;
}

function accept(item) {
  if (item && isOpen(item) && item.dataset.suggestion !== undefined && findPlace(item)) {
    act([item], "accepted");
    step(1);
  }
}

function dismiss(item) {
  if (item && isOpen(item)) {
    act([item], "dismissed");
    step(1);
  }
}

function filter(kind) {
  for (const item of list) {
    item.hidden = kind === "" ? item.dataset.alike !== undefined : item.dataset.kind !== kind;
  }
  for (const button of page.querySelectorAll("[data-kind-filter]")) {
    button.setAttribute("aria-pressed", String(button.dataset.kindFilter === kind));
  }
  current = -1;
}

function acceptAll(button) {
  const open = list.filter((item) => isOpen(item) && item.dataset.suggestion !== undefined && findPlace(item));
  const question = button.dataset.question.replace("{}", String(open.length));
  if (open.length && window.confirm(question)) act(open, "accepted");
}

// What stands for many alike takes them all at once, or has them listed.
function offerAlike(line) {
  const number = line.dataset.standsFor;
  const alike = list.filter((item) => item.dataset.alike === number);
  line.querySelector("[data-accept-alike]").addEventListener("click", () => {
    act(alike.filter((item) => isUnsettled(item) && findPlace(item)), "accepted");
  });
  line.querySelector("[data-list-alike]").addEventListener("click", () => {
    for (const item of alike) {
      delete item.dataset.alike;
      item.hidden = false;
    }
    line.hidden = true;
  });
}

function start() {
  for (const part of page.querySelectorAll("[data-tools], [data-acts]")) part.hidden = false;
  for (const [index, item] of list.entries()) {
    item.querySelector("[data-accept]")?.addEventListener("click", () => accept(item));
    item.querySelector("[data-dismiss]").addEventListener("click", () => dismiss(item));
    item.querySelector(".finding-head a").addEventListener("click", () => show(index));
    findPlace(item)?.addEventListener("click", () => show(index));
  }
  for (const button of page.querySelectorAll("[data-kind-filter]")) {
    button.addEventListener("click", () => filter(button.dataset.kindFilter));
  }
  for (const line of page.querySelectorAll("[data-stands-for]")) offerAlike(line);
  filter("");
  const all = page.querySelector("[data-accept-all]");
  all.addEventListener("click", () => acceptAll(all));
  undoButton.addEventListener("click", undo);
  const copying = page.querySelector("[data-copy-draft]");
  copying.addEventListener("click", () => {
    saved = true;
    copy(page, draft.textContent, copying.dataset.done);
  });
  const form = page.querySelector("[data-download]");
  form.addEventListener("submit", () => {
    saved = true;
    form.elements.namedItem("text").value = draft.textContent;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!saved) event.preventDefault();
  });
  onKey("j", () => step(1));
  onKey("k", () => step(-1));
  onKey("y", () => accept(list[current]));
  onKey("n", () => dismiss(list[current]));
  onKey("z", undo);
}

start();
