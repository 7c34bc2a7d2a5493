// Tells on whatever page is open that a batch has ended: a number, a word, the page's title.
import { say } from "../site/toast.js";

const EVERY = 10000;
const bell = document.querySelector("[data-bell]");
const title = document.title;
let unseen = Number(bell?.dataset.unseen);

function show(count) {
  bell.classList.toggle("ringing", count > 0);
  bell.querySelector(".bell-count").textContent = count || "";
  bell.setAttribute("aria-label", bell.getAttribute("aria-label").replace(/\d+/, String(count)));
  document.title = count ? `（${count}）${title}` : title;
}

function ring(count) {
  show(count);
  document.querySelector("[data-bell-said]").textContent = bell.dataset.done;
  say(document, bell.dataset.done);
}

// Shows what the server tells; returns whether there is anything to wait for.
export async function askBell() {
  const answer = await fetch(bell.dataset.url, { headers: { Accept: "application/json" } });
  if (!answer.ok) return false;
  const told = await answer.json();
  if (told.unseen > unseen) ring(told.unseen);
  else if (told.unseen < unseen) show(told.unseen);
  unseen = told.unseen;
  return told.running > 0;
}

async function listen() {
  let more = true;
  try {
    more = await askBell();
  } catch {
    // The server is away for a moment: the next question may be answered.
  }
  if (more) setTimeout(listen, EVERY);
}

if (bell && Number(bell.dataset.running)) setTimeout(listen, EVERY);
