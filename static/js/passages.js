// The words of a passage as they stand on a speech page, without what the page adds to them.

const BLOCKS = "p, h2, h3, h4, h5, aside";

// A gap is part of what is cited: leaving it out would join words that do not belong together.
function spellGaps(copy) {
  copy.querySelectorAll(".gap").forEach((gap) => {
    const words = gap.querySelector("strong")?.textContent ?? "";
    const line = gap.ownerDocument.createElement("p");
    line.textContent = `〔${words.replace(/[。.]$/, "")}〕`;
    gap.replaceWith(line);
  });
}

export function readWords(fragment) {
  const copy = fragment.cloneNode(true);
  spellGaps(copy);
  copy.querySelectorAll(".ui").forEach((added) => added.remove());
  const blocks = [...copy.querySelectorAll(BLOCKS)].filter((one) => !one.querySelector(BLOCKS));
  const lines = blocks.length ? blocks.map((one) => one.textContent) : [copy.textContent];
  return lines.map((line) => line.trim()).filter(Boolean).join("\n");
}

function follows(one, place) {
  return Boolean(place.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
}

// A point is no element of its own: its words run from its lead to the next lead or part.
export function findNextAnchor(text, lead) {
  const anchors = [...text.querySelectorAll(".lead, .part")];
  return anchors.find((one) => follows(one, lead) && !one.contains(lead)) ?? null;
}

export function isInPoint(node, lead, next) {
  if (lead.contains(node)) return true;
  return follows(node, lead) && (!next || (!follows(node, next) && !next.contains(node)));
}

export function rangeOf(text, place) {
  const range = text.ownerDocument.createRange();
  if (!place.matches(".lead")) {
    range.selectNode(place);
    return range;
  }
  const next = findNextAnchor(text, place);
  const part = place.closest(".part") ?? text;
  range.setStartBefore(place);
  if (next && part.contains(next)) range.setEndBefore(next);
  else range.setEndAfter(part.lastChild);
  return range;
}

export function readPassage(text, key) {
  const place = key ? text.ownerDocument.getElementById(key) : null;
  if (!place || !text.contains(place)) return null;
  const holder = text.ownerDocument.createElement("div");
  holder.append(rangeOf(text, place).cloneContents());
  return readWords(holder);
}

export function findPermalink(text, key) {
  const place = key ? text.ownerDocument.getElementById(key) : null;
  const link = place?.querySelector(".permalink");
  return link ? link.getAttribute("href") : null;
}

export function cite(words, citation, address) {
  return `${words}\n（${citation}，${address}）`;
}
