// Puts a passage into the basket last used, with a way to take it back at once.
import { say } from "../site/toast.js";

const SHOWN_FOR = 7000;

function readToken(page) {
  return page.querySelector('input[name="csrfmiddlewaretoken"]')?.value ?? "";
}

export function post(page, address, fields) {
  const body = new URLSearchParams(fields);
  const headers = { Accept: "application/json", "X-CSRFToken": readToken(page) };
  return fetch(address, { method: "POST", body, headers });
}

function offerUndo(page, words, data) {
  const read = page.querySelector("[data-said]");
  if (read) read.textContent = data.said;
  page.querySelectorAll(".toast").forEach((old) => old.remove());
  const toast = page.createElement("div");
  toast.className = "toast toast-offer";
  const undo = page.createElement("button");
  undo.type = "button";
  undo.textContent = words.undo;
  undo.addEventListener("click", async () => {
    toast.remove();
    const answer = await post(page, data.undo, { action: "undo" });
    say(page, answer.ok ? words.undone : words.notGathered);
  });
  const open = page.createElement("a");
  open.href = data.basket;
  open.textContent = words.open;
  toast.append(data.said, undo, open);
  page.body.append(toast);
  setTimeout(() => toast.remove(), SHOWN_FOR);
}

export async function gatherPassage(page, address) {
  const words = page.querySelector("[data-cite-menu]").dataset;
  const passage = new URL(address, location.href).searchParams;
  try {
    const answer = await post(page, words.gatherUrl, passage);
    const data = await answer.json();
    if (answer.status === 401) {
      const back = location.pathname + location.search + location.hash;
      location.assign(`${words.loginUrl}?next=${encodeURIComponent(back)}`);
    } else if (answer.ok) {
      offerUndo(page, words, data);
    } else {
      say(page, data.error ?? words.notGathered);
    }
  } catch {
    say(page, words.notGathered);
  }
}
