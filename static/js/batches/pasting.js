// A page's HTML in the clipboard tells more than its words: it is kept beside them.

const form = document.querySelector("[data-paste]");
const text = form?.querySelector("[name=text]");
const markup = form?.querySelector("[name=markup]");
const notice = form?.querySelector("[data-markup-notice]");

function keep(html) {
  markup.value = html;
  notice.hidden = !html;
}

text?.addEventListener("paste", (event) => {
  const html = event.clipboardData?.getData("text/html") ?? "";
  // Pasted among other words, the page is not the whole of it any more.
  const whole = text.selectionEnd - text.selectionStart === text.value.length;
  keep(whole && html.includes("<") ? html : "");
});

// Words changed by hand are what is meant, not the page they once came from.
text?.addEventListener("input", (event) => {
  if (event.inputType !== "insertFromPaste") keep("");
});

form?.querySelector("[data-plain]").addEventListener("click", () => {
  keep("");
  text.focus();
});
