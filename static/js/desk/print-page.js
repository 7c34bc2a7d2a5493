// The print page: one button for what the browser's menu does.
const button = document.querySelector("[data-print]");

button.hidden = false;
document.querySelector("[data-print-hint]").hidden = true;
button.addEventListener("click", () => window.print());
