// Runs before the first paint (so it is no module): puts the chosen theme on the page.
try {
  const chosen = localStorage.getItem("yanku-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be forbidden; the page then follows the system.
}
