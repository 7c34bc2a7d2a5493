// What a reader has chosen, or is reading, in the text of a speech, as characters counted.
// White space is not counted: line ends and indents are not the same on the page as in the text.

const BLANK = /[^\S\uFEFF]|[\u001c-\u001f\u0085]/u;

function countInk(fragment) {
  fragment.querySelectorAll(".ui").forEach((added) => added.remove());
  let count = 0;
  for (const sign of fragment.textContent) if (!BLANK.test(sign)) count += 1;
  return count;
}

export function measure(text, range) {
  const before = text.ownerDocument.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = countInk(before.cloneContents());
  return { start, end: start + countInk(range.cloneContents()) };
}

export function findSelection(text) {
  const selection = text.ownerDocument.getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  return text.contains(range.commonAncestorContainer) ? range : null;
}

function findParagraph(text) {
  const marked = text.querySelector("mark.now, mark.cited")?.closest("p, h2, h3, h4, h5");
  if (marked) return marked;
  const paragraphs = [...text.querySelectorAll("p:not(.ui, .salutation)")].filter((one) => !one.closest(".ui"));
  const line = window.innerHeight * 0.25;
  return paragraphs.find((one) => one.getBoundingClientRect().bottom > line) ?? paragraphs.at(-1);
}

export function findReading(text) {
  const chosen = findSelection(text);
  if (chosen) return chosen;
  const paragraph = findParagraph(text);
  if (!paragraph) return null;
  const range = text.ownerDocument.createRange();
  range.selectNodeContents(paragraph);
  return range;
}

export function nameRange(bar, text, range) {
  const { start, end } = measure(text, range);
  if (start === end) return null;
  return `${bar.dataset.base}&start=${start}&end=${end}&count=ink`;
}
