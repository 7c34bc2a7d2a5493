// Keys: / search box, j and k between hits, c copy, b basket, ? help. Never while something is typed.
const actions = new Map();

export function onKey(key, action) {
  actions.set(key, action);
}

// A box that is ticked takes no letters.
const TYPED = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

function isTyping(target) {
  return target instanceof Element && target.closest(TYPED);
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
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || help?.open) return;
    const action = actions.get(event.key);
    if (!action) return;
    event.preventDefault();
    action();
  });
}
