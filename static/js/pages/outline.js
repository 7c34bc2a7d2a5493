// Marks the part that is being read in the outline, and closes the sheet once it has led there.

const READING_LINE = 0.25;

function findCurrent(places) {
  const line = window.innerHeight * READING_LINE;
  let current = null;
  for (const place of places) {
    if (place.getBoundingClientRect().top > line) break;
    current = place;
  }
  return current ?? places[0];
}

function markCurrent(lists, key) {
  for (const list of lists) {
    list.querySelectorAll("[aria-current]").forEach((link) => link.removeAttribute("aria-current"));
    const link = list.querySelector(`a[href="#${CSS.escape(key)}"]`) ?? list.querySelector(`a[href="#${key}"]`);
    if (!link) continue;
    link.setAttribute("aria-current", "location");
    keepInView(list, link);
  }
}

function keepInView(list, link) {
  if (list.scrollHeight <= list.clientHeight) return;
  const top = link.offsetTop - list.offsetTop;
  if (top < list.scrollTop || top > list.scrollTop + list.clientHeight - 40) {
    list.scrollTop = top - list.clientHeight / 3;
  }
}

export function startOutline(page) {
  const lists = [...page.querySelectorAll("[data-outline], [data-outline-sheet]")];
  if (!lists.length) return;
  const keys = [...lists[0].querySelectorAll("a")].map((link) => link.hash.slice(1));
  const places = keys.map((key) => page.getElementById(decodeURIComponent(key))).filter(Boolean);
  if (!places.length) return;
  let waiting = false;
  const follow = () => {
    waiting = false;
    markCurrent(lists, findCurrent(places).id);
  };
  const ask = () => {
    if (!waiting) requestAnimationFrame(follow);
    waiting = true;
  };
  addEventListener("scroll", ask, { passive: true });
  addEventListener("resize", ask);
  follow();
  const sheet = page.querySelector("[data-outline-sheet]");
  sheet?.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("a")) sheet.open = false;
  });
}
