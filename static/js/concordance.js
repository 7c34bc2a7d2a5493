// Concordances: where so much context is asked for that lines scroll, the key stands in the middle.
import "./search.js";

for (const wrap of document.querySelectorAll("[data-kwic]")) {
  const key = wrap.querySelector(".kwic-key");
  if (key && wrap.scrollWidth > wrap.clientWidth) {
    wrap.scrollLeft = key.offsetLeft + key.offsetWidth / 2 - wrap.clientWidth / 2;
  }
}
