// The texts of the review: words picked in either column are taken out or set as title, date and
// the like, removed spans restored.
// Every change waits in the list until it is saved. Places are counted in word signs, for line
// ends are not the same on the page as in the file; both columns count alike.

import { onKey } from "../site/keys.js";
import { Assigning } from "./assigning.js";
import { Picking } from "./picking.js";

const page = document;
const SHOWN = 40;

function shorten(words) {
  const signs = [...words.replace(/\s+/gu, " ").trim()];
  return signs.length > SHOWN ? `${signs.slice(0, SHOWN - 1).join("")}…` : signs.join("");
}

// Whether something that is picked stands in the text: the rest was taken out already.
function hasText(picked) {
  return picked !== null && picked.first !== null;
}

class Desk {
  constructor(form) {
    this.form = form;
    this.rows = form.querySelector(".text-rows");
    this.box = form.querySelector("[data-pending]");
    this.list = form.querySelector("[data-pending-list]");
    this.count = form.querySelector("[data-pending-count]");
    this.bar = form.querySelector("[data-save-bar]");
    this.save = this.bar.querySelector("[type=submit]");
    this.words = form.querySelector("[name=words]");
    this.undoAll = form.querySelector("[data-undo-all]");
    this.kind = form.querySelector("[data-cut-kind]");
    this.picking = new Picking(this.rows, () => this.showPicked());
    this.assigning = new Assigning(this);
  }

  start() {
    this.box.removeAttribute("data-pending");
    this.assigning.start();
    for (const field of this.list.querySelectorAll("[name=remove]")) this.adopt(field.closest("li"), field);
    for (const field of this.listRestores()) if (field.checked) this.listRestored(field);
    this.rows.addEventListener("change", (event) => {
      if (event.target.name === "restore") this.follow(event.target);
    });
    // A click that ends a selection is no wish to restore.
    this.rows.addEventListener("click", (event) => {
      if (event.target.closest(".restorable") && !page.getSelection().isCollapsed) event.preventDefault();
    });
    this.rows.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.name === "restore") {
        event.preventDefault();
        event.target.click();
      }
    });
    this.form.querySelector("[data-cut]").addEventListener("click", () => this.cut());
    this.undoAll.addEventListener("click", () => this.undoEverything());
    for (const button of this.form.querySelectorAll(".picked button")) {
      // The selection must outlive the press.
      button.addEventListener("pointerdown", (event) => event.preventDefault());
    }
    page.getElementById("rule-start")?.addEventListener("submit", (event) => this.startRule(event));
    this.form.addEventListener("submit", () => this.form.removeAttribute("data-pending"));
    this.words.addEventListener("input", () => this.tell());
    onKey("x", () => this.cutByKey());
    onKey("r", () => this.restoreByKey());
    this.tell();
  }

  listRestores() {
    return [...this.rows.querySelectorAll("[name=restore]")];
  }

  showPicked() {
    const picked = this.picking.picked;
    // What was taken out already can only be set as something.
    for (const button of this.form.querySelectorAll("[data-cut], [data-rule]")) button.disabled = !hasText(picked);
    for (const button of this.form.querySelectorAll("[data-set]")) button.disabled = !picked;
    const { first, stop } = picked?.whole ?? { first: 0, stop: 0 };
    const words = picked ? this.form.dataset.picked.replace("{}", String(stop - first)) : "";
    this.form.querySelector("[data-picked-count]").textContent = words;
  }

  cut() {
    const picked = this.picking.picked;
    if (!hasText(picked)) return;
    let { first, stop } = picked;
    // What overlaps a change that waits already becomes one change with it.
    for (const item of [...this.list.querySelectorAll("li[data-first]")]) {
      const [a, b] = [Number(item.dataset.first), Number(item.dataset.stop)];
      if (a < stop && first < b) {
        [first, stop] = [Math.min(a, first), Math.max(b, stop)];
        this.drop(item);
      }
    }
    const option = this.kind.selectedOptions[0];
    this.add(first, stop, option.value, option.dataset.label);
    this.picking.clear();
  }

  add(first, stop, kind, label) {
    const words = this.picking.read(first, stop);
    const item = page.createElement("li");
    const field = Object.assign(page.createElement("input"), {
      type: "checkbox", name: "remove", value: `${first}-${stop}|${kind}|${words}`, checked: true, hidden: true,
    });
    item.append(field, this.describe(label, words));
    this.list.append(item);
    this.adopt(item, field);
    this.tell();
  }

  adopt(item, field) {
    const [first, stop] = field.value.split("|", 1)[0].split("-");
    Object.assign(item.dataset, { first, stop });
    field.hidden = true;
    this.picking.mark(Number(first), Number(stop));
    this.addUndo(item, () => this.drop(item));
  }

  drop(item) {
    this.picking.unmark(`${item.dataset.first}-${item.dataset.stop}`);
    item.remove();
    this.tell();
  }

  follow(field) {
    if (field.checked) this.listRestored(field);
    else this.list.querySelector(`li[data-restored="${field.value}"]`)?.remove();
    this.tell();
  }

  listRestored(field) {
    const item = page.createElement("li");
    item.dataset.restored = field.value;
    item.append(this.describe(`${this.form.dataset.restoreLabel} ${field.dataset.label}`, field.dataset.words));
    this.addUndo(item, () => field.click());
    this.list.append(item);
  }

  describe(label, words) {
    const line = page.createElement("span");
    const kind = page.createElement("span");
    kind.className = "pending-kind";
    kind.textContent = label;
    const quoted = page.createElement("q");
    quoted.textContent = shorten(words);
    line.append(kind, " ", quoted);
    return line;
  }

  addUndo(item, act) {
    const button = page.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = this.form.dataset.undo;
    button.addEventListener("click", act);
    item.append(button);
  }

  undoEverything() {
    for (const item of [...this.list.querySelectorAll("li[data-first]")]) this.drop(item);
    this.assigning.dropAll();
    for (const field of this.listRestores()) if (field.checked) field.click();
  }

  startRule(event) {
    const picked = this.picking.picked;
    if (!hasText(picked)) event.preventDefault();
    else page.getElementById("rule-start").elements.text.value = this.picking.read(picked.first, picked.stop);
  }

  cutByKey() {
    if (hasText(this.picking.picked)) return this.cut();
    this.words.closest("details").open = true;
    this.words.focus();
  }

  restoreByKey() {
    const span = this.rows.querySelector(".restorable.here, .restorable:focus, .restorable:focus-within");
    span?.querySelector("input").click();
  }

  tell() {
    const pending = this.list.children.length;
    this.box.hidden = pending === 0;
    this.count.textContent = String(pending);
    this.undoAll.hidden = pending === 0;
    this.bar.hidden = pending === 0 && !this.words.value.trim();
    this.save.toggleAttribute("data-save", pending > 0);
    this.form.toggleAttribute("data-pending", pending > 0);
  }
}

const form = page.querySelector("[data-texts]");
if (form?.querySelector("[data-tools]")) new Desk(form).start();
