// A long change goes on by itself, request by request; without this a button does it.
const form = document.querySelector("[data-continue]");

// What the worker does goes on without this page, which looks again from time to time.
const SECONDS = 4;

if (document.querySelector("[data-refresh]")) {
  window.setTimeout(() => window.location.reload(), SECONDS * 1000);
}

if (form) form.requestSubmit(form.querySelector("[data-go-on]"));
