// A long change goes on by itself, request by request; without this a button does it.
const form = document.querySelector("[data-continue]");

if (form) form.requestSubmit(form.querySelector("[data-go-on]"));
