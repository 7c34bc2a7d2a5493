// Light, dark or as the system says; kept in this browser only.
const ORDER = ["auto", "light", "dark"];
const KEY = "yanku-theme";

function readTheme() {
  try {
    const value = localStorage.getItem(KEY);
    return ORDER.includes(value) ? value : "auto";
  } catch {
    return "auto";
  }
}

function keepTheme(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Nothing to keep it in: the choice holds for this page.
  }
}

function applyTheme(theme, button) {
  const root = document.documentElement;
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  button.querySelector("span").textContent = button.dataset[theme];
  button.setAttribute("aria-label", button.dataset.label + button.dataset[theme]);
}

export function startThemeSwitch(page) {
  const button = page.querySelector("[data-theme-switch]");
  if (!button) return;
  let theme = readTheme();
  applyTheme(theme, button);
  button.addEventListener("click", () => {
    theme = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length];
    keepTheme(theme);
    applyTheme(theme, button);
  });
}
