// Copies the chosen words, or the paragraph being read, with title, date and permanent link.
import { onKey } from "./keys.js";
import { cite, readWords } from "./passages.js";
import { say } from "./toast.js";

function readSelection(text) {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !text.contains(selection.anchorNode)) return null;
  const holder = document.createElement("div");
  holder.append(selection.getRangeAt(0).cloneContents());
  return { words: readWords(holder), node: selection.anchorNode };
}

function findParagraph(text) {
  const marked = text.querySelector("mark.now")?.closest("p, h2, h3, h4");
  if (marked) return marked;
  const paragraphs = [...text.querySelectorAll("p:not(.ui)")].filter((one) => !one.closest(".ui"));
  const line = window.innerHeight * 0.25;
  return paragraphs.find((one) => one.getBoundingClientRect().bottom > line) ?? paragraphs.at(-1);
}

function findAddress(node) {
  const element = node instanceof Element ? node : node.parentElement;
  const lead = element.querySelector?.(".lead > .permalink");
  const part = element.closest(".part");
  const link = lead ?? part?.querySelector(".permalink");
  return link ? link.href : location.origin + location.pathname;
}

export function startCopying(page) {
  const text = page.querySelector("[data-text]");
  const button = page.querySelector("[data-copy]");
  if (!text || !button || !navigator.clipboard) return;
  const citation = page.querySelector("[data-citation]").dataset.citation;
  const copy = async () => {
    const paragraph = findParagraph(text);
    const passage = readSelection(text) ?? { words: readWords(paragraph), node: paragraph };
    try {
      await navigator.clipboard.writeText(cite(passage.words, citation, findAddress(passage.node)));
      say(page, button.dataset.done);
    } catch {
      say(page, button.dataset.failed);
    }
  };
  page.querySelector("[data-copy-part]").hidden = false;
  button.addEventListener("click", copy);
  onKey("c", copy);
}
