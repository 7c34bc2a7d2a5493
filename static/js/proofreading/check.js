// Walks through the findings: accept puts the suggestion into the draft, dismiss leaves it, and
// everything can be undone. The draft is on this page alone unless it is saved; leaving it is asked
// about once it was changed.
import { onKey } from "../site/keys.js";
import { copy } from "../site/copying.js";
import { forgetForGood, hearAgain } from "./dismissing.js";
import { askAbout } from "./preview.js";

const page = document;
const draft = page.querySelector("[data-draft]");
const list = [...page.querySelectorAll("[data-finding]")];
const undoButton = page.querySelector("[data-undo]");
const form = page.querySelector("[data-kept]");
const shown = { kind: "", weight: "" };
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

function isAcceptable(item) {
  return isUnsettled(item) && item.dataset.suggestion !== undefined && findPlace(item) !== null;
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

function settle(item, state) {
  const place = findPlace(item);
  const before = { item, place, text: place?.textContent };
  item.dataset.state = state;
  if (place) {
    place.dataset.state = state;
    if (state === "accepted") place.textContent = item.dataset.suggestion;
  }
  const words = page.querySelector(`[data-words="${state}"]`)?.textContent ?? "";
  item.querySelector("[data-state]").textContent = words;
  return before;
}

function act(items, state, back = undefined) {
  const steps = items.map((item) => settle(item, state));
  if (!steps.length) return;
  done.push({ steps, back });
  undoButton.disabled = false;
  saved = false;
}

function undo() {
  const { steps, back } = done.pop() ?? { steps: [] };
  for (const { item, place, text } of steps) {
    delete item.dataset.state;
    item.querySelector("[data-state]").textContent = "";
    if (place) {
      delete place.dataset.state;
      place.textContent = text;
    }
  }
  back?.();
  undoButton.disabled = !done.length;
}

function accept(item) {
  if (item && isOpen(item) && isAcceptable(item)) {
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

// All of these words on this page go with it; undoing has the server tell of them again.
async function dismissForGood(item) {
  if (!item || !isOpen(item) || item.dataset.text === undefined) return;
  if (!await forgetForGood(page, item)) return;
  const { kind, text, suggestion } = item.dataset;
  const same = list.filter((other) => isUnsettled(other) && other.dataset.kind === kind
    && other.dataset.text === text && other.dataset.suggestion === suggestion);
  act(same, "dismissed", () => hearAgain(page, item));
  step(1);
}

function filter() {
  for (const item of list) {
    const { kind, weight, alike } = item.dataset;
    item.hidden = (shown.kind !== "" && kind !== shown.kind)
      || (shown.weight !== "" && weight !== shown.weight)
      || (shown.kind === "" && shown.weight === "" && alike !== undefined);
  }
  for (const button of page.querySelectorAll("[data-kind-filter]")) {
    button.setAttribute("aria-pressed", String(button.dataset.kindFilter === shown.kind));
  }
  for (const button of page.querySelectorAll("[data-weight-filter]")) {
    button.setAttribute("aria-pressed", String(button.dataset.weightFilter === shown.weight));
  }
  current = -1;
}

async function acceptAll() {
  const open = list.filter((item) => isOpen(item) && isAcceptable(item));
  if (open.length) act(await askAbout(page, open.map((item) => [item, findPlace(item)])), "accepted");
}

// What stands for many alike takes them all at once, or has them listed.
function offerAlike(line) {
  const number = line.dataset.standsFor;
  const alike = list.filter((item) => item.dataset.alike === number);
  line.querySelector("[data-accept-alike]").addEventListener("click", () => {
    act(alike.filter(isAcceptable), "accepted");
  });
  line.querySelector("[data-list-alike]").addEventListener("click", () => {
    for (const item of alike) {
      delete item.dataset.alike;
      item.hidden = false;
    }
    line.hidden = true;
  });
}

// What is sent to be saved or put into a Word file: the draft as it came, and what was decided.
function fill() {
  saved = true;
  form.elements.namedItem("text").value = draft.textContent;
  const decided = list.filter((item) => item.dataset.state);
  form.elements.namedItem("decisions").value = JSON.stringify(decided.map((item) => ({
    kind: item.dataset.kind,
    start: Number(item.dataset.start),
    end: Number(item.dataset.end),
    suggestion: item.dataset.suggestion ?? null,
    state: item.dataset.state,
  })));
}

function startList() {
  for (const [index, item] of list.entries()) {
    item.querySelector("[data-accept]")?.addEventListener("click", () => accept(item));
    item.querySelector("[data-dismiss]").addEventListener("click", () => dismiss(item));
    item.querySelector("[data-for-good]")?.addEventListener("click", () => dismissForGood(item));
    item.querySelector(".finding-head a").addEventListener("click", () => show(index));
    findPlace(item)?.addEventListener("click", () => show(index));
    if (item.dataset.decided) settle(item, item.dataset.decided);
  }
}

function startFilters() {
  for (const button of page.querySelectorAll("[data-kind-filter]")) {
    button.addEventListener("click", () => {
      shown.kind = button.dataset.kindFilter;
      if (shown.kind === "") shown.weight = "";
      filter();
    });
  }
  for (const button of page.querySelectorAll("[data-weight-filter]")) {
    button.addEventListener("click", () => {
      shown.weight = shown.weight === button.dataset.weightFilter ? "" : button.dataset.weightFilter;
      filter();
    });
  }
  filter();
}

function start() {
  for (const part of page.querySelectorAll("[data-tools], [data-acts], [data-scripted]")) part.hidden = false;
  startList();
  for (const line of page.querySelectorAll("[data-stands-for]")) offerAlike(line);
  startFilters();
  page.querySelector("[data-accept-all]").addEventListener("click", acceptAll);
  undoButton.addEventListener("click", undo);
  const copying = page.querySelector("[data-copy-draft]");
  copying.addEventListener("click", () => {
    saved = true;
    copy(page, draft.textContent, copying.dataset.done);
  });
  form.addEventListener("submit", fill);
  window.addEventListener("beforeunload", (event) => {
    if (!saved) event.preventDefault();
  });
  onKey("j", () => step(1));
  onKey("k", () => step(-1));
  onKey("y", () => accept(list[current]));
  onKey("n", () => dismiss(list[current]));
  onKey("x", () => dismissForGood(list[current]));
  onKey("z", undo);
}

// A long check that was broken off has words instead of a draft.
if (draft) start();
