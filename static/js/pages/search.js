// The results page: j and k walk through the hits, Enter opens the one in hand.
import { onKey } from "../site/keys.js";

const links = [...document.querySelectorAll("[data-hit-item] [data-hit-link]")];

function findCurrent() {
  const item = document.activeElement?.closest("[data-hit-item]");
  return item ? links.findIndex((link) => item.contains(link)) : -1;
}

function move(step) {
  const next = Math.min(Math.max(findCurrent() + step, 0), links.length - 1);
  links[next]?.focus({ preventScroll: true });
  links[next]?.closest("[data-hit-item]").scrollIntoView({ block: "nearest" });
}

onKey("j", () => move(1));
onKey("k", () => move(-1));
