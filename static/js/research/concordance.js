// Concordances: where so much context is asked for that lines scroll, the key stands in the middle.
import "../pages/search.js";

function showKey(wrap, key) {
  wrap.scrollLeft = key.offsetLeft + key.offsetWidth / 2 - wrap.clientWidth / 2;
}

for (const wrap of document.querySelectorAll("[data-kwic]")) {
  const key = wrap.querySelector("td.kwic-key");
  // Also when the screen is turned; a reader who scrolled finds the key again.
  if (key) new ResizeObserver(() => showKey(wrap, key)).observe(wrap);
}
