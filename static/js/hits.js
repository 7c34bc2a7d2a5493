// Walks through the found words of a speech: on arrival to the first one in the part linked to.
import { onKey } from "./keys.js";

function findFirst(page, hits) {
  const key = decodeURIComponent(location.hash.slice(1));
  const place = key && page.getElementById(key);
  if (!place) return 0;
  const own = hits.findIndex((hit) => hit === place);
  if (own >= 0) return own;
  const after = hits.findIndex(
    (hit) => place.contains(hit) || place.compareDocumentPosition(hit) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  return Math.max(after, 0);
}

export function startHits(page) {
  const hits = [...page.querySelectorAll("mark[data-hit]")];
  const bar = page.querySelector("[data-hit-bar]");
  if (!hits.length || !bar) return;
  const now = bar.querySelector("[data-hit-now]");
  let at = -1;
  const show = (index) => {
    hits[at]?.classList.remove("now");
    at = (index + hits.length) % hits.length;
    hits[at].classList.add("now");
    hits[at].scrollIntoView({ block: "center" });
    now.hidden = false;
    now.textContent = `${at + 1} / `;
  };
  bar.querySelector("[data-hit-next]").addEventListener("click", (event) => {
    event.preventDefault();
    show(at + 1);
  });
  bar.querySelector("[data-hit-previous]").addEventListener("click", (event) => {
    event.preventDefault();
    show(at - 1);
  });
  onKey("j", () => show(at + 1));
  onKey("k", () => show(at - 1));
  show(findFirst(page, hits));
}
