// Copies a passage in the form last used, and lets another form be picked.
import { copy } from "../site/copying.js";
import { say } from "../site/toast.js";

const KEY = "yanku-cite";
const FIRST = { form: "sourced" };

export function readChoice() {
  try {
    return { ...FIRST, ...JSON.parse(localStorage.getItem(KEY)) };
  } catch {
    return FIRST;
  }
}

export function keepChoice(changes) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...readChoice(), ...changes }));
  } catch {
    // Nothing to keep it in: the choice holds for this click.
  }
}

export function addChoice(address) {
  const url = new URL(address, location.href);
  const { form, ...options } = readChoice();
  for (const [name, value] of Object.entries(options)) url.searchParams.set(name, value);
  url.hash = "";
  return url;
}

// What the server says of a passage that it cannot cite.
class Refused extends Error {}

async function fetchForm(address, form) {
  const url = addChoice(address);
  url.searchParams.set("format", "json");
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  const data = await answer.json();
  if (!answer.ok) throw new Refused(data.error);
  return (data.forms.find((one) => one.key === form) ?? data.forms[0]).text;
}

export async function copyCitation(page, address, form = readChoice().form) {
  const menu = page.querySelector("[data-cite-menu]");
  const label = menu.querySelector(`[data-form="${CSS.escape(form)}"]`)?.textContent.trim() ?? "";
  try {
    await copy(page, fetchForm(address, form), menu.dataset.done + label);
  } catch (fault) {
    say(page, fault instanceof Refused ? fault.message : menu.dataset.failed);
  }
}

function placeMenu(menu, button) {
  const box = button.getBoundingClientRect();
  const left = Math.min(box.left, document.documentElement.clientWidth - menu.offsetWidth - 8);
  const below = box.bottom + menu.offsetHeight + 8 < window.innerHeight;
  menu.style.left = `${Math.max(8, left) + window.scrollX}px`;
  menu.style.top = `${(below ? box.bottom + 4 : box.top - menu.offsetHeight - 4) + window.scrollY}px`;
}

export function startMenu(page) {
  const menu = page.querySelector("[data-cite-menu]");
  let opener = null;
  const close = (back) => {
    if (!opener) return;
    menu.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    if (back) opener.focus();
    opener = null;
  };
  const open = (button, address) => {
    opener = button;
    menu.hidden = false;
    placeMenu(menu, button);
    button.setAttribute("aria-expanded", "true");
    const { form } = readChoice();
    menu.querySelectorAll("[data-form]").forEach((one) => {
      one.setAttribute("aria-checked", String(one.dataset.form === form));
      one.onclick = () => {
        keepChoice({ form: one.dataset.form });
        close(true);
        copyCitation(page, address, one.dataset.form);
      };
    });
    menu.querySelector("[data-cite-page]").href = addChoice(address);
    (menu.querySelector('[aria-checked="true"]') ?? menu.querySelector("button")).focus();
  };
  menu.addEventListener("keydown", (event) => {
    const items = [...menu.querySelectorAll("button, a")];
    const at = items.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") close(true);
    else if (step) items[(at + step + items.length) % items.length].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  page.addEventListener("click", (event) => {
    if (opener && !menu.contains(event.target) && !opener.contains(event.target)) close(false);
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) close(false);
  });
  return (button, address) => (opener === button ? close(true) : open(button, address));
}
