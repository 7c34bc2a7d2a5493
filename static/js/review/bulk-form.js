// What is typed into is meant: its tick is set.
const form = document.querySelector("[data-bulk-form]");

form?.addEventListener("input", (event) => {
  const field = event.target;
  const tick = form.querySelector(`[name="set_${field.name}"]`);
  if (tick && field.value) tick.checked = true;
});
