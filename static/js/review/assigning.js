// Words picked in the texts become title, date, speaker: by a button or its key, once saved.

import { onKey } from "../site/keys.js";

export class Assigning {
  constructor(desk) {
    this.desk = desk;
    this.form = desk.form;
    this.page = desk.form.ownerDocument;
    this.words = this.form.dataset;
  }

  start() {
    for (const field of this.desk.list.querySelectorAll("[name=set]")) this.adopt(field.closest("li"), field);
    for (const button of this.form.querySelectorAll("[data-set]")) {
      button.addEventListener("click", () => this.set(button));
      onKey(button.dataset.key, () => this.set(button));
    }
  }

  // What is selected, else the place that j or k came to.
  find() {
    const { picking, rows } = this.desk;
    if (picking.picked) return picking.picked;
    const here = rows.querySelector("[data-column].here, [data-column] .here");
    if (!here || here.closest("[data-aside]")) return null;
    const range = this.page.createRange();
    range.selectNodeContents(here);
    return picking.measure(range);
  }

  set(button) {
    const found = this.find();
    if (!found) return;
    const { set: name, label } = button.dataset;
    const words = this.desk.picking.readWhole(found.column, found.whole);
    const item = this.page.createElement("li");
    const column = found.column === "raw" ? "raw" : "text";
    const field = Object.assign(this.page.createElement("input"), {
      type: "checkbox", name: "set", checked: true, hidden: true,
      value: `${name}|${column}|${found.whole.first}-${found.whole.stop}|${words}`,
    });
    item.append(field, this.desk.describe(this.words.setLabel.replace("{}", label), words));
    this.drop(this.desk.list.querySelector(`li[data-set="${name}"]`));
    this.desk.list.append(item);
    this.adopt(item, field);
    this.desk.picking.clear();
    this.desk.tell();
  }

  adopt(item, field) {
    const [name, column, numbers] = field.value.split("|", 3);
    const [first, stop] = numbers.split("-").map(Number);
    item.dataset.set = name;
    field.hidden = true;
    this.desk.picking.markWhole(column === "raw" ? "raw" : "clean", { first, stop }, `set-${name}`);
    this.tell(name, item.querySelector("q").textContent);
    this.desk.addUndo(item, () => this.drop(item));
  }

  // Beside the field stands what it will be, so that the eye need not leave the head.
  tell(name, words) {
    const place = this.page.querySelector(`[data-field="${name}"]`);
    place?.querySelector(".waiting-value")?.remove();
    if (!place || !words) return;
    const line = this.page.createElement("p");
    line.className = "waiting-value";
    line.textContent = this.words.waiting.replace("{}", words);
    place.append(line);
  }

  drop(item) {
    if (!item) return;
    this.desk.picking.unmark(`set-${item.dataset.set}`);
    this.tell(item.dataset.set, "");
    item.remove();
    this.desk.tell();
  }

  dropAll() {
    for (const item of [...this.desk.list.querySelectorAll("li[data-set]")]) this.drop(item);
  }
}
