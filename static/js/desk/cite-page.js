// The page of all forms: copies each with one click and keeps what was chosen.
import { keepChoice } from "./citing.js";
import { copy } from "../site/copying.js";

const options = document.querySelector("[data-cite-options]");

function keepOptions() {
  const chosen = new FormData(options);
  keepChoice({
    edition: chosen.get("edition"),
    style: chosen.get("style"),
    full_width: chosen.get("full_width") ?? "0",
    link: chosen.get("link") ?? "1",
  });
}

options.addEventListener("change", () => {
  keepOptions();
  options.requestSubmit();
});

for (const button of document.querySelectorAll("[data-copy-form]")) {
  button.addEventListener("click", () => {
    const text = button.closest("section").querySelector("[data-cite-text]");
    keepChoice({ form: button.dataset.copyForm });
    copy(document, text.value, button.dataset.done);
  });
}
