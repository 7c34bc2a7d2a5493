// The one way into the clipboard. A page served without https has no navigator.clipboard, and a
// browser may refuse it elsewhere: then the older command copies, and where that fails too the
// words are shown, chosen, for the reader's own key.
import { say } from "./toast.js";

// Safari lets a click write only what is promised at once, so the promise itself is handed over.
async function writeClipboard(text) {
  const { clipboard } = navigator;
  if (!clipboard) return false;
  try {
    if (typeof ClipboardItem === "undefined" || !clipboard.write) {
      await clipboard.writeText(await text);
    } else {
      const blob = text.then((words) => new Blob([words], { type: "text/plain" }));
      await clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    }
    return true;
  } catch {
    return false;
  }
}

function keepSelection(page) {
  const selection = page.getSelection();
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  const focused = page.activeElement;
  return () => {
    selection.removeAllRanges();
    if (anchorNode) selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
    if (focused !== page.activeElement) focused?.focus({ preventScroll: true });
  };
}

// Some browsers run the command only where something is chosen. Behind an open dialog nothing is.
function addHolder(page, text) {
  const holder = page.createElement("span");
  holder.className = "copied-words";
  holder.setAttribute("aria-hidden", "true");
  holder.textContent = text;
  (page.querySelector("dialog[open]") ?? page.body).append(holder);
  page.getSelection().selectAllChildren(holder);
  return holder;
}

function runCommand(page, text) {
  const restore = keepSelection(page);
  const holder = addHolder(page, text);
  // The words alone, as the newer way writes them: not the look of the holder.
  const give = (event) => {
    if (!event.clipboardData) return;
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  page.addEventListener("copy", give, { capture: true });
  try {
    return page.execCommand("copy");
  } catch {
    return false;
  } finally {
    page.removeEventListener("copy", give, { capture: true });
    holder.remove();
    restore();
  }
}

async function isCopied(page, text) {
  return await writeClipboard(text) || runCommand(page, await text);
}

function offerByHand(page, text, done) {
  const dialog = page.querySelector("[data-by-hand]");
  const field = dialog.querySelector("textarea");
  const told = dialog.querySelector("[data-by-hand-said]");
  const choose = () => {
    field.focus();
    field.select();
  };
  const finish = () => {
    dialog.close();
    say(page, done);
  };
  field.value = text;
  told.textContent = "";
  // A part of it, copied, is not what was asked for: the dialog stays.
  field.oncopy = () => {
    if (field.selectionEnd - field.selectionStart === field.value.length) setTimeout(finish);
  };
  dialog.querySelector("[data-again]").onclick = async () => {
    if (await isCopied(page, Promise.resolve(text))) {
      finish();
    } else {
      told.textContent = told.dataset.words;
      choose();
    }
  };
  if (/Mac|iPhone|iPad/.test(navigator.platform)) dialog.querySelector("[data-chord]").textContent = "⌘C";
  if (!dialog.open) dialog.showModal();
  choose();
}

// Takes the words or a promise of them; fails only where the promise does.
export async function copy(page, words, done) {
  const text = Promise.resolve(words);
  if (await isCopied(page, text)) say(page, done);
  else offerByHand(page, await text, done);
}
