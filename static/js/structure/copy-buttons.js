// Lets each copy button copy its text, source included.
import { copy } from "../site/copying.js";

for (const button of document.querySelectorAll("[data-copy-text]")) {
  button.addEventListener("click", () => copy(document, button.dataset.copyText, button.dataset.done));
}
