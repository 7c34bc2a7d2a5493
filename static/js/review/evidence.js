// From a value to the words of the raw text that it was read from.
import { Picking } from "./picking.js";

function readPair(value) {
  return (value ?? "").split("-").map(Number);
}

// Header lines stand in spans that were taken out; each bears its place in raw.
function listSpans(rows, [start, end]) {
  return [...rows.querySelectorAll("[name=restore]")].filter((field) => {
    const [from, to] = readPair(field.value);
    return from < end && start < to;
  }).map((field) => field.closest(".removed"));
}

function listRanges(rows, pair) {
  const [first, stop] = pair;
  const stretches = Picking.prototype.eachStretch.call({ rows }, "raw", first, stop);
  return [...stretches].map(([node, from, to]) => {
    const range = rows.ownerDocument.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    return range;
  });
}

function forget(page) {
  CSS.highlights?.delete("evidence");
  page.querySelectorAll(".removed.here, .raw-text.here").forEach((place) => place.classList.remove("here"));
}

function show(page, link) {
  const rows = page.querySelector(".text-rows");
  if (!rows) return false;
  forget(page);
  const spans = listSpans(rows, readPair(link.dataset.evidence));
  const ranges = link.dataset.signs ? listRanges(rows, readPair(link.dataset.signs)) : [];
  const place = spans[0] ?? ranges[0]?.startContainer.parentElement;
  if (!place) return false;
  for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  spans.forEach((span) => span.classList.add("here"));
  if (ranges.length && CSS.highlights) CSS.highlights.set("evidence", new Highlight(...ranges));
  else if (ranges.length) place.closest(".raw-text").classList.add("here");
  place.scrollIntoView({ block: "center" });
  return true;
}

export function startEvidence(page) {
  page.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-evidence]");
    if (link && show(page, link)) event.preventDefault();
  });
}
