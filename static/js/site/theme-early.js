// Runs before the first paint (so it is no module): lets what is of use with scripts alone stand in
// its place from the start, so that nothing moves later, and puts the chosen theme on the page.
document.documentElement.dataset.scripts = "";
try {
  const chosen = localStorage.getItem("yanku-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be forbidden; the page then follows the system.
}
