// Copying and gathering passages, on every page that shows some: links, keys c and b, selection.
import { copyCitation, startMenu } from "./citing.js";
import { gatherPassage } from "./gathering.js";
import { onKey } from "../site/keys.js";
import { findReading, findSelection, nameRange } from "./selecting.js";

const page = document;
const text = page.querySelector("[data-text]");
const bar = page.querySelector("[data-selection-bar]");
const toggleMenu = startMenu(page);

function startMenuButton(button) {
  const link = button.previousElementSibling;
  button.title = page.querySelector("[data-cite-menu]").dataset.more;
  button.setAttribute("aria-label", button.title);
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => toggleMenu(button, link.href));
}

function startLinks() {
  page.querySelectorAll(".cite-more").forEach(startMenuButton);
  page.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest?.("[data-cite], [data-gather]");
    if (!link) return;
    event.preventDefault();
    if (link.matches("[data-cite]")) copyCitation(page, link.href);
    else gatherPassage(page, link.href);
  });
}

// On lists of hits: the passage in hand, else the first.
function findListed(kind) {
  const item = page.activeElement?.closest("[data-hit-item], .passage");
  return (item ?? page).querySelector(`.passage-tools ${kind}`)?.href ?? null;
}

function findAddress(kind) {
  if (!text || !bar) return findListed(kind);
  const range = findReading(text);
  return range && nameRange(bar, text, range);
}

function startKeys() {
  const run = (act, kind) => () => {
    const address = findAddress(kind);
    if (address) act(page, address);
  };
  onKey("c", run(copyCitation, "[data-cite]"));
  onKey("b", run(gatherPassage, "[data-gather]"));
  page.querySelector("[data-copy]")?.addEventListener("click", run(copyCitation, "[data-cite]"));
  page.querySelector("[data-put]")?.addEventListener("click", run(gatherPassage, "[data-gather]"));
}

function placeBar(range) {
  const boxes = range.getClientRects();
  const last = boxes[boxes.length - 1] ?? range.getBoundingClientRect();
  const room = page.documentElement.clientWidth - bar.offsetWidth - 8;
  bar.style.left = `${Math.max(8, Math.min(last.right, room)) + window.scrollX}px`;
  bar.style.top = `${last.bottom + 8 + window.scrollY}px`;
}

function followSelection() {
  const range = findSelection(text);
  const address = range && nameRange(bar, text, range);
  if (!address) {
    if (!bar.contains(page.activeElement) && page.querySelector("[data-cite-menu]").hidden) bar.hidden = true;
    return;
  }
  bar.querySelectorAll("a").forEach((link) => {
    link.href = address + (link.matches("[data-gather]") ? "#gather" : "");
  });
  bar.hidden = false;
  placeBar(range);
}

function startSelection() {
  let waiting = 0;
  // A press on the bar must not take the selection away before its click is answered.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  page.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(followSelection, 200);
  });
}

// A short link marks words that may stand far below their section's heading.
function showCited() {
  const cited = text?.querySelector("mark.cited");
  if (!cited) return;
  const go = () => requestAnimationFrame(() => cited.scrollIntoView({ block: "center" }));
  if (page.readyState === "complete") go();
  else addEventListener("load", go, { once: true });
}

startLinks();
startKeys();
if (text && bar) startSelection();
showCited();
