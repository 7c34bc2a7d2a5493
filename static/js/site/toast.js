// A word on what has just happened: seen for a moment, and read out where the page has a place.

const SHOWN_FOR = 1800;

export function say(page, words) {
  const place = page.querySelector("[data-said]");
  if (place) place.textContent = words;
  const toast = page.createElement("p");
  toast.className = "toast";
  toast.setAttribute("aria-hidden", "true");
  toast.textContent = words;
  page.body.append(toast);
  setTimeout(() => toast.remove(), SHOWN_FOR);
}
