// Copies a whole passage of the results with its source: its words are fetched from its speech.
import { cite, findPermalink, readPassage } from "./passages.js";
import { say } from "./toast.js";

async function fetchPassage(address) {
  const url = new URL(address, location.href);
  const key = decodeURIComponent(url.hash.slice(1));
  url.search = "";
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const text = page.querySelector("[data-text]");
  const words = readPassage(text, key);
  if (!words) throw new Error("no such passage");
  const permalink = new URL(findPermalink(text, key) ?? url.pathname, location.origin);
  return cite(words, page.querySelector("[data-citation]").dataset.citation, permalink.href);
}

// Safari only lets a click write what is promised at once, so the promise itself is handed over.
function writeLater(words) {
  if (typeof ClipboardItem === "undefined" || !navigator.clipboard.write) {
    return words.then((text) => navigator.clipboard.writeText(text));
  }
  const blob = words.then((text) => new Blob([text], { type: "text/plain" }));
  return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}

export function startPassageCopying(page) {
  const list = page.querySelector("[data-hits]");
  if (!list || !navigator.clipboard) return;
  list.querySelectorAll("[data-copy-passage]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await writeLater(fetchPassage(button.dataset.copyPassage));
        say(page, list.dataset.done);
      } catch {
        say(page, list.dataset.failed);
      }
    });
  });
}
