// Tells on whatever page is open that a batch has ended: a number, a word, the page's title.
import { say } from "./toast.js";

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

async function ask() {
  try {
    const answer = await fetch(bell.dataset.url, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const told = await answer.json();
    if (told.unseen > unseen) ring(told.unseen);
    else if (told.unseen < unseen) show(told.unseen);
    unseen = told.unseen;
    if (!told.running) return;
  } catch {
    // The server is away for a moment: the next question may be answered.
  }
  setTimeout(ask, EVERY);
}

if (bell) setTimeout(ask, EVERY);
