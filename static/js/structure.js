// Shows the copy buttons and lets each copy its text, source included.
function say(page, words) {
  page.querySelector("[data-said]").textContent = words;
  const toast = page.createElement("p");
  toast.className = "toast";
  toast.setAttribute("aria-hidden", "true");
  toast.textContent = words;
  page.body.append(toast);
  setTimeout(() => toast.remove(), 1800);
}

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
