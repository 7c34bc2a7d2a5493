// Shows the copy buttons and lets each copy its text, source included.
import { say } from "./toast.js";

async function copy(page, button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copyText);
    say(page, button.dataset.done);
  } catch {
    say(page, button.dataset.failed);
  }
}

export function startCopyButtons(page) {
  // Without the clipboard (an address that is not secure) the words are marked and copied by hand.
  if (!navigator.clipboard) return;
  for (const button of page.querySelectorAll("[data-copy-text]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(page, button));
  }
}

startCopyButtons(document);
