// What an editor sees while files go out: how far it is, what did not go, and what can be done.
import { isPresent, listPresent, post, Refused } from "./sending.js";

const LITTER = /(^|\/)(\.ds_store|thumbs\.db|desktop\.ini|__macosx|\.git|\.svn|\._[^/]*|~\$[^/]*)(\/|$)/i;

function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (_all, name) => String(values[name]));
}

function readToken(form) {
  return form.querySelector("[name=csrfmiddlewaretoken]").value;
}

function nameBatch(items) {
  const roots = new Set(items.map(({ path }) => (path.includes("/") ? path.split("/")[0] : "")));
  return roots.size === 1 ? [...roots][0] : "";
}

class Panel {
  constructor(form) {
    this.form = form;
    this.node = document.querySelector("[data-sending]");
    this.words = this.node.dataset;
    this.token = readToken(form);
    this.stop = new AbortController();
    this.done = 0;
    this.present = new Map();
  }

  find(name) {
    return this.node.querySelector(`[data-${name}]`);
  }

  open(items) {
    this.form.hidden = true;
    this.node.hidden = false;
    this.bar = this.find("overall");
    this.bytes = items.reduce((sum, { file }) => sum + file.size, 0);
    this.sent = 0;
    this.total = items.length;
    this.find("stop").hidden = false;
    this.find("while").hidden = false;
    this.find("again").hidden = true;
    this.find("go").hidden = true;
    this.find("troubles").replaceChildren();
    this.find("title").focus();
  }

  tell(extra = 0, words = this.words.going) {
    const share = this.bytes ? (this.sent + extra) / this.bytes : this.done / this.total;
    this.bar.value = Math.min(1, share);
    this.find("told").textContent = fill(words, { done: this.done, total: this.total });
  }

  tellTrouble(path, reason) {
    const line = document.createElement("li");
    const name = document.createElement("strong");
    name.textContent = path;
    line.append(name, ` ${reason}`);
    this.find("troubles").append(line);
  }

  checkSize({ file, path }) {
    const archives = this.form.dataset.archives.split(" ").filter(Boolean);
    const isArchive = archives.some((end) => path.toLowerCase().endsWith(end));
    const { archiveBytes, fileBytes } = this.form.dataset;
    if (file.size > Number(isArchive ? archiveBytes : fileBytes)) {
      throw new Refused(isArchive ? this.words.archiveLarge : this.words.fileLarge);
    }
  }

  async sendOne(item) {
    this.find("current").textContent = item.path;
    if (await isPresent(this.present, item)) return;
    this.checkSize(item);
    await post(this.urls.files, { path: item.path, file: item.file }, this.token, {
      onProgress: (sent) => this.tell(Math.min(sent, item.file.size)),
      onBreak: () => this.tell(0, this.words.broken),
      signal: this.stop.signal,
    });
  }

  async sendAll(items) {
    const left = [];
    for (const item of items) {
      if (this.stop.signal.aborted) return items.slice(items.indexOf(item));
      try {
        await this.sendOne(item);
        this.done += 1;
      } catch (error) {
        if (this.stop.signal.aborted) return items.slice(items.indexOf(item));
        const refused = error instanceof Refused;
        this.tellTrouble(item.path, refused ? error.message : this.words.unsent);
        left.push({ ...item, refused });
      }
      this.sent += item.file.size;
      this.tell();
    }
    return left;
  }

  async openBatch(items) {
    const { resume, newUrl } = this.form.dataset;
    if (resume) {
      this.urls = JSON.parse(resume);
      this.present = await listPresent(this.urls.files);
      return;
    }
    const publish = this.form.querySelector("[name=publish]")?.checked ? "on" : "";
    const fields = { name: nameBatch(items), count: items.length, publish };
    this.urls = await post(newUrl, fields, this.token);
  }

  async close() {
    await post(this.urls.change, { action: "close" }, this.token);
    this.leave();
  }

  leave() {
    removeEventListener("beforeunload", askBeforeLeaving);
    location.assign(this.urls.page);
  }

  offer(left) {
    this.find("stop").hidden = true;
    this.find("while").hidden = true;
    this.find("current").textContent = "";
    this.tell(0, this.words.some);
    const again = left.filter((item) => !item.refused);
    this.find("again").hidden = !again.length;
    this.find("again").onclick = () => this.run(again);
    this.find("go").hidden = false;
    this.find("go").onclick = () => this.close();
  }

  async run(items) {
    this.stop = new AbortController();
    this.open(items);
    this.done = 0;
    this.tell();
    this.find("stop").onclick = () => this.stop.abort();
    const left = await this.sendAll(items);
    // Stopped: the batch stays open and its page tells how to go on.
    if (this.stop.signal.aborted) this.leave();
    else if (left.length) this.offer(left);
    else await this.close();
  }
}

function askBeforeLeaving(event) {
  event.preventDefault();
}

export async function startPanel(form, all) {
  const items = all.filter(({ path }) => !LITTER.test(path));
  if (!items.length) return;
  const panel = new Panel(form);
  addEventListener("beforeunload", askBeforeLeaving);
  try {
    panel.open(items);
    await panel.openBatch(items);
    await panel.run(items);
  } catch (error) {
    removeEventListener("beforeunload", askBeforeLeaving);
    const reason = error instanceof Refused ? error.message : panel.words.unreachable;
    panel.tellTrouble("", reason);
    panel.form.hidden = false;
  }
}
