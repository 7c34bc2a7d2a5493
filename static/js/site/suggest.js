// Suggestions while typing: an ARIA 1.2 combobox with a listbox on every search field.
const PAUSE = 80;
const source = document.querySelector("script[data-suggest-url]");
const answers = new Map();

async function ask(typed, signal) {
  if (!answers.has(typed)) {
    const url = `${source.dataset.suggestUrl}?q=${encodeURIComponent(typed)}`;
    const response = await fetch(url, { signal });
    if (!response.ok) return [];
    answers.set(typed, (await response.json()).items);
  }
  return answers.get(typed);
}

function write(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

function makeOption(item, id) {
  const option = document.createElement("li");
  option.id = id;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  const text = write("span", "suggestion-text", item.text.slice(0, item.start));
  text.lang = "zh-Hans";
  const mark = document.createElement("mark");
  mark.textContent = item.text.slice(item.start, item.end);
  text.append(mark, item.text.slice(item.end));
  option.append(text, write("span", "suggestion-kind", item.kind));
  return option;
}

class Combobox {
  constructor(field) {
    this.field = field;
    this.items = [];
    this.at = -1;
    this.list = document.createElement("ul");
    this.list.className = "suggestions";
    this.list.id = `${field.id}-suggestions`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", source.dataset.label);
    this.status = write("span", "visually-hidden", "");
    this.status.setAttribute("role", "status");
    field.parentElement.classList.add("suggest-anchor");
    field.parentElement.append(this.list, this.status);
    const roles = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": this.list.id,
      "aria-expanded": "false",
    };
    for (const [name, value] of Object.entries(roles)) field.setAttribute(name, value);
    this.listen();
  }

  listen() {
    this.field.addEventListener("input", (event) => {
      if (!event.isComposing) this.wait();
    });
    this.field.addEventListener("compositionend", () => this.wait());
    this.field.addEventListener("keydown", (event) => this.press(event));
    this.field.addEventListener("blur", () => this.close());
    this.field.form?.addEventListener("submit", () => this.close());
    // Before blur, which would close the list under the pointer.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.pick([...this.list.children].indexOf(option));
    });
  }

  wait() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.timer = setTimeout(() => this.update(), PAUSE);
  }

  async update() {
    const typed = this.field.value.trim();
    if (!typed) return this.close();
    this.request = new AbortController();
    try {
      const items = await ask(typed, this.request.signal);
      if (typed === this.field.value.trim() && document.activeElement === this.field) this.show(items);
    } catch (fault) {
      if (fault.name !== "AbortError") this.close();
    }
  }

  show(items) {
    this.items = items;
    this.at = -1;
    this.field.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(
      ...items.map((item, at) => makeOption(item, `${this.list.id}-${at}`)),
    );
    this.list.hidden = !items.length;
    this.field.setAttribute("aria-expanded", String(items.length > 0));
    this.status.textContent = items.length
      ? source.dataset.count.replace("{}", String(items.length))
      : "";
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.show([]);
  }

  move(step) {
    const all = this.items.length + 1;
    this.at = ((this.at + 1 + step + all) % all) - 1;
    [...this.list.children].forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === this.at));
    });
    const current = this.list.children[this.at];
    current?.scrollIntoView({ block: "nearest" });
    if (current) this.field.setAttribute("aria-activedescendant", current.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  press(event) {
    if (event.isComposing || this.list.hidden) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) this.move(steps[event.key]);
    else if (event.key === "Enter" && this.at >= 0) this.pick(this.at);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  pick(at) {
    const item = this.items[at];
    this.close();
    if (this.field.dataset.suggest !== "fill") {
      location.assign(item.url);
      return;
    }
    this.field.value = item.query;
    this.field.form.requestSubmit();
  }
}

for (const field of document.querySelectorAll("[data-search-field]")) new Combobox(field);
