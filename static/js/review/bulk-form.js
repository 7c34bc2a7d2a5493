// What is typed into is meant: its tick is set, also for what stood there before this script did
// (typed while the page was loading, or put back by the browser on the way back).
const form = document.querySelector("[data-bulk-form]");

/** @param {any} field one field of the form */
function tickWhatIsMeant(field) {
  const tick = form.querySelector(`[name="set_${field.name}"]`);
  if (tick && field.value) tick.checked = true;
}

/** @param {any} field one field of the form */
function isTouched(field) {
  if (field instanceof HTMLSelectElement) {
    const chosen = field.selectedOptions[0];
    return Boolean(chosen) && !chosen.defaultSelected && field.selectedIndex > 0;
  }
  return "defaultValue" in field && field.value !== field.defaultValue;
}

if (form) {
  [...form.elements].filter(isTouched).forEach(tickWhatIsMeant);
  form.addEventListener("input", (event) => tickWhatIsMeant(event.target));
}
