// The review page as one desk: keys for every act, and no unsaved edit lost by leaving.
import { onKey } from "../site/keys.js";
import { startEvidence } from "./evidence.js";
import "./outline.js";

const page = document;
const STOPS = "[data-stop], .removed, .gap-mark, .suspect-mark, .doubt-mark";

function press(selector) {
  page.querySelector(selector)?.click();
}

function listStops() {
  return [...page.querySelectorAll(`.review-texts :is(${STOPS})`)].filter((stop) => stop.getClientRects().length);
}

let here = null;

function move(step) {
  const stops = listStops();
  if (!stops.length) return;
  const focused = stops.findIndex((stop) => stop === page.activeElement || stop === here);
  const next = stops[(focused + step + stops.length) % stops.length] ?? stops[0];
  here?.classList.remove("here");
  here = next;
  here.classList.add("here");
  if (!here.matches("a, button, [tabindex]")) here.tabIndex = -1;
  here.focus({ preventScroll: true });
  here.scrollIntoView({ block: "center" });
}

function openPart(id, selector) {
  const part = page.getElementById(id);
  if (!part) return;
  part.open = true;
  (part.querySelector(selector) ?? part.querySelector("summary")).focus();
}

// A speech with open quality flags is not published by one key alone: the flags are listed first.
function publish(event) {
  const question = page.querySelector("[data-publish-question]");
  // Capital by Caps Lock is no chord.
  if (!question || (event.shiftKey && event.key === "P")) press("[data-publish]");
  else question.showModal();
}

function startQuestion() {
  const question = page.querySelector("[data-publish-question]");
  question?.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.shiftKey && event.key === "P") press("[data-publish-anyway]");
  });
}

function startKeys() {
  onKey("j", () => move(1));
  onKey("k", () => move(-1));
  onKey("o", () => openPart("outline-part", ".outline-row.opened .outline-name, .outline-name"));
  onKey("m", () => openPart("metadata-part", "input"));
  onKey("s", () => press("[data-save]"));
  onKey("p", publish);
  onKey("P", publish);
  onKey("n", () => press("[data-next]"));
}

// Which parts hold edits that leaving would lose; the one that is being sent is none.
let sent = null;

function isPending() {
  const outline = page.querySelector("[data-outline-desk]");
  const fields = [...(page.getElementById("review")?.elements ?? [])];
  const typed = fields.some((field) => field.defaultValue !== undefined && field.type !== "radio"
    && field.type !== "submit" && field.tagName !== "SELECT" && field.value !== field.defaultValue);
  const parts = [
    [outline, outline?.hasAttribute("data-pending")],
    [page.getElementById("review"), typed],
    ...[...page.querySelectorAll("form[data-pending]:not([data-outline-desk])")].map((form) => [form, true]),
  ];
  return parts.some(([form, pending]) => form && pending && form !== sent);
}

page.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) sent = event.target;
});
addEventListener("beforeunload", (event) => {
  if (isPending()) event.preventDefault();
});
startKeys();
startQuestion();
startEvidence(page);
