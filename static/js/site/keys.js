// Keys: / search box, j and k between hits, c copy, b basket, ? help. Never while something is
// typed or composed, never with another key held, and not behind a dialog or inside a menu.
const actions = new Map();

export function onKey(key, action) {
  actions.set(key, action);
}

// A box that is ticked takes no letters; an open menu is walked through by keys of its own.
const OWN = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=menu]";

// What a held key may do again and again: one passage gathered thirty times is no wish.
const WALKING = new Set(["j", "k"]);

// Where an input method is at work Safari ends the composition before the key is told, as 229.
function isMeantOtherwise(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  if (event.isComposing || event.keyCode === 229) return true;
  if (event.repeat && !WALKING.has(event.key)) return true;
  return event.target instanceof Element && event.target.closest(OWN) !== null;
}

function focusSearch(page) {
  const field = page.querySelector("[data-search-field]");
  field?.focus();
  field?.select();
}

export function startKeys(page) {
  const help = page.querySelector("[data-keys]");
  onKey("/", () => focusSearch(page));
  onKey("?", () => help?.showModal());
  page.addEventListener("keydown", (event) => {
    const action = actions.get(event.key);
    if (!action || isMeantOtherwise(event) || page.querySelector("dialog[open]")) return;
    event.preventDefault();
    action(event);
  });
}
