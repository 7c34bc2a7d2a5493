// What an editor sees while files go out: how far it is, what did not go, and what can be done.
import {
  askUnfinished, listBegun, isPresent, listPresent, post, Refused, sendPieces, WHOLE,
} from "./sending.js";

const LITTER = /(^|\/)(\.ds_store|thumbs\.db|desktop\.ini|__macosx|\.git|\.svn|\._[^/]*|~\$[^/]*)(\/|$)/i;

function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (_all, name) => String(values[name]));
}

function describe(bytes) {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
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
    this.uploadsUrl = form.dataset.uploadsUrl;
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
    this.tellOwn();
    this.find("title").focus();
  }

  // How far the file is that is on its way.
  tellOwn(item, sent = 0) {
    const shown = Boolean(item) && item.file.size > WHOLE;
    this.find("own").hidden = !shown;
    this.find("current").textContent = item?.path ?? "";
    if (!shown) return;
    this.find("own-bar").value = sent / item.file.size;
    this.find("own-told").textContent = fill(this.words.ownWords, {
      sent: describe(sent), size: describe(item.file.size),
    });
  }

  tell(extra = 0, words = this.words.going) {
    this.extra = extra;
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

  // Sends a large file in pieces, on from where it was left; returns its address.
  async sendLarge(item, batch) {
    const begun = listBegun(this.uploads, item).find((one) => one.batch?.id === batch);
    if (begun?.received) this.tell(begun.received, this.words.resumed);
    const how = { address: this.uploadsUrl, batch, token: this.token, begun };
    return sendPieces(item, how, {
      onProgress: (sent) => {
        this.tell(sent);
        this.tellOwn(item, sent);
      },
      onBreak: () => this.tell(this.extra, this.words.broken),
      signal: this.stop.signal,
    });
  }

  async sendOne(item) {
    this.tellOwn(item);
    if (await isPresent(this.present, item)) return;
    this.checkSize(item);
    if (item.file.size > WHOLE) {
      await this.sendLarge(item, this.urls.id);
      return;
    }
    await post(this.urls.files, { path: item.path, file: item.file }, this.token, {
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
        left.push({ ...item, refused: refused && !error.temporary });
        // What stands in the way of one stands in the way of all.
        if (error.temporary) return [...left, ...items.slice(items.indexOf(item) + 1)];
      }
      this.sent += item.file.size;
      this.tell();
    }
    return left;
  }

  // Where the page was closed amid a batch, the same files go on with it.
  findLeft(items, publish, limit) {
    const begun = items.flatMap((item) => listBegun(this.uploads, item));
    const isAlike = ({ batch }) => batch?.publish === publish && batch?.limit === limit;
    return begun.find(isAlike)?.batch;
  }

  async openBatch(items) {
    if (this.urls) return;
    const { resume, newUrl } = this.form.dataset;
    const publish = Boolean(this.form.querySelector("[name=publish]")?.checked);
    const limit = this.form.querySelector("[name=limit]")?.value ?? "";
    const left = resume ? JSON.parse(resume) : this.findLeft(items, publish, limit);
    if (left) {
      this.present = await listPresent(left.files);
      this.urls = left;
      return;
    }
    const fields = { name: nameBatch(items), count: items.length, publish: publish ? "on" : "" };
    this.urls = await post(newUrl, { ...fields, limit }, this.token);
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
    this.find("again").onclick = () => this.guard(() => this.run(again));
    this.find("go").hidden = false;
    this.find("go").onclick = () => this.guard(() => this.close());
  }

  // Asked anew each time: whoever signed in again has another token.
  async ask() {
    const { token, uploads } = await askUnfinished(this.uploadsUrl);
    this.token = token;
    this.uploads = uploads;
  }

  async run(items) {
    this.stop = new AbortController();
    this.open(items);
    this.done = 0;
    this.tell();
    this.find("stop").onclick = () => this.stop.abort();
    await this.ask();
    await this.openBatch(items);
    const left = await this.sendAll(items);
    // Stopped: the batch stays open and its page tells how to go on.
    if (this.stop.signal.aborted) this.leave();
    else if (left.length) this.offer(left);
    else await this.close();
  }

  // One file goes ahead in pieces, then the form names it in place of bringing it.
  async runSingle(item, submit) {
    this.stop = new AbortController();
    this.open([item]);
    this.tell();
    this.tellOwn(item);
    this.find("stop").onclick = () => this.stop.abort();
    this.find("again").onclick = () => this.guard(() => this.runSingle(item, submit));
    await this.ask();
    try {
      const address = await this.sendLarge(item);
      removeEventListener("beforeunload", askBeforeLeaving);
      submit(address);
    } catch (error) {
      if (!this.stop.signal.aborted) throw error;
      removeEventListener("beforeunload", askBeforeLeaving);
      location.reload();
    }
  }

  // Does it and says what went wrong; what may go right later can be tried again.
  async guard(act) {
    addEventListener("beforeunload", askBeforeLeaving);
    try {
      await act();
    } catch (error) {
      removeEventListener("beforeunload", askBeforeLeaving);
      const refused = error instanceof Refused;
      this.tellTrouble("", refused ? error.message : this.words.unreachable);
      this.find("stop").hidden = true;
      this.find("while").hidden = true;
      this.find("again").hidden = !(refused && error.temporary);
      this.form.hidden = false;
    }
  }
}

function askBeforeLeaving(event) {
  event.preventDefault();
}

export async function startPanel(form, all) {
  const items = all.filter(({ path }) => !LITTER.test(path));
  if (!items.length) return;
  const panel = new Panel(form);
  panel.find("again").onclick = () => panel.guard(() => panel.run(items));
  await panel.guard(() => panel.run(items));
}

export async function sendSingle(form, item, submit) {
  const panel = new Panel(form);
  await panel.guard(() => panel.runSingle(item, submit));
}
