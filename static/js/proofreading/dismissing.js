// Tells the server which words its user wants to hear no more of, and takes it back.
import { say } from "../site/toast.js";

async function send(page, item, act) {
  const place = page.querySelector("[data-dismissals]");
  const { kind, text, suggestion } = item.dataset;
  const sent = new URLSearchParams({ kind, text, act });
  if (suggestion !== undefined) sent.set("suggestion", suggestion);
  sent.set("csrfmiddlewaretoken", page.querySelector("[name=csrfmiddlewaretoken]").value);
  try {
    const answer = await fetch(place.dataset.dismissals, { method: "POST", body: sent });
    if (answer.ok) return true;
    say(page, answer.status === 422 ? await answer.text() : place.dataset.unsaved);
  } catch {
    say(page, place.dataset.unsaved);
  }
  return false;
}

export function forgetForGood(page, item) {
  return send(page, item, "dismiss");
}

export function hearAgain(page, item) {
  return send(page, item, "take-back");
}
