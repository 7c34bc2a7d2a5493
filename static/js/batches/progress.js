// Keeps a page of batches up to date while any of them runs; without this a reload does it.
import { askBell } from "./bell.js";

const EVERY = 2000;
const EVERY_HIDDEN = 10000;

function listLive(page) {
  return [...page.querySelectorAll("[data-live]")];
}

function isRunning() {
  return listLive(document).some((part) => "running" in part.dataset);
}

// A list whose button or link is in use is left alone until it is not.
function isInUse(part) {
  return part.contains(document.activeElement) && document.activeElement.matches("a, button");
}

function adopt(part, fresh) {
  if (part.innerHTML === fresh.innerHTML) return;
  part.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
  for (const name of Object.keys(part.dataset)) delete part.dataset[name];
  Object.assign(part.dataset, fresh.dataset);
}

async function refresh() {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of listLive(document)) {
    const fresh = page.querySelector(`[data-live="${part.dataset.live}"]`);
    if (fresh && !isInUse(part)) adopt(part, fresh);
  }
}

// One batch's page asks for a few numbers, and for itself only when they have changed.
let last = "";

async function hasChanged() {
  const own = document.querySelector("[data-progress-url]");
  if (!own) return true;
  const answer = await fetch(own.dataset.progressUrl, { headers: { Accept: "application/json" } });
  if (!answer.ok) return false;
  const told = await answer.text();
  const changed = told !== last;
  last = told;
  return changed;
}

// Whoever has the finished batch before their eyes needs no bell.
async function markSeen() {
  const part = document.querySelector("[data-live][data-unseen]");
  if (!part || document.hidden) return;
  delete part.dataset.unseen;
  const token = part.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { Accept: "application/json", "X-CSRFToken": token };
  const body = new URLSearchParams({ action: "see" });
  try {
    await fetch(part.dataset.changeUrl, { method: "POST", body, headers });
    part.querySelector("[value=see]")?.remove();
    await askBell();
  } catch {
    // Then the bell rings on, and the next look is as good.
  }
}

async function watch() {
  try {
    if (await hasChanged()) await refresh();
  } catch {
    // The server is away for a moment.
  }
  markSeen();
  if (isRunning()) setTimeout(watch, document.hidden ? EVERY_HIDDEN : EVERY);
}

markSeen();
document.addEventListener("visibilitychange", markSeen);
if (isRunning()) setTimeout(watch, EVERY);
