// Walks through the found words of a speech: on arrival to the characters or the first one in the
// part linked to.
import { onKey } from "../site/keys.js";
import { findNextAnchor, isInPoint } from "./passages.js";

function lookInside(page, place, hits) {
  if (!place.matches(".lead")) return hits.findIndex((hit) => place.contains(hit));
  const next = findNextAnchor(page, place);
  return hits.findIndex((hit) => isInPoint(hit, place, next));
}

function findPlace(page) {
  try {
    return location.hash ? page.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  } catch {
    return null;
  }
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
  arrive(page, hits, show, (index) => { at = index; });
}

// Where the part linked to holds no found word, the page stays at the part.
function arrive(page, hits, show, wait) {
  const place = page.querySelector("mark.cited") ?? findPlace(page);
  const inside = place ? lookInside(page, place, hits) : 0;
  if (inside >= 0) {
    // The browser scrolls to the anchor when the page has loaded; the word comes after that.
    const go = () => requestAnimationFrame(() => show(inside));
    if (page.readyState === "complete") go();
    else addEventListener("load", go, { once: true });
    return;
  }
  const after = hits.findIndex(
    (hit) => place.compareDocumentPosition(hit) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  wait(after - 1);
}
