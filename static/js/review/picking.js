// What is selected in one of two columns, and marks on the same words in both.

// What counts as no word sign, to the letter as the server counts.
const BLANK = /[\t-\r\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/u;
const ASIDE = ".removed, [data-aside]";

function countSigns(words) {
  let count = 0;
  for (const sign of words) if (!BLANK.test(sign)) count += 1;
  return count;
}

// The words of a cell; with whole those that were taken out too, as the raw text has them.
function* walkWords(cell, whole = false) {
  const walker = cell.ownerDocument.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.closest(whole ? "[data-aside]" : ASIDE)) yield node;
  }
}

// What cannot be seen is named on the page: its signs are counted, not those of the name.
function countNode(node, whole) {
  const blank = whole ? node.parentElement.closest(".blank-span") : null;
  return blank ? Number(blank.dataset.signs) : countSigns(node.data);
}

function startOf(cell, whole) {
  return Number(whole ? cell.dataset.rawSign : cell.dataset.sign);
}

// The stretch of a text node that holds its signs from one to before another.
function findStretch(text, first, stop) {
  let at = 0;
  let count = 0;
  let start = -1;
  let end = -1;
  for (const sign of text) {
    if (!BLANK.test(sign)) {
      if (count === first) start = at;
      count += 1;
      if (count === stop) end = at + sign.length;
    }
    at += sign.length;
  }
  return start < 0 ? null : [start, end < 0 ? at : end];
}

export class Picking {
  constructor(rows, changed) {
    this.rows = rows;
    this.page = rows.ownerDocument;
    this.changed = changed;
    this.picked = null;
    this.page.addEventListener("selectionchange", () => this.look());
    rows.addEventListener("pointerdown", (event) => {
      rows.dataset.picking = event.target.closest?.("[data-column]")?.dataset.column ?? "";
    });
  }

  look() {
    const selection = this.page.getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    if (!range || !this.rows.contains(range.commonAncestorContainer)) {
      // Choosing a kind in the bar takes the selection away, but not what was picked.
      if (!this.page.activeElement?.closest?.(".picked")) this.set(null);
      return;
    }
    this.set(range.collapsed ? null : this.measure(range));
  }

  set(picked) {
    if (!picked && !this.picked) return;
    this.picked = picked;
    this.changed();
  }

  // The words in a range: in signs of the text, and as they are set, in signs of their column.
  measure(range) {
    const start = range.startContainer;
    const element = start.nodeType === Node.TEXT_NODE ? start.parentElement : start;
    const column = element.closest("[data-column]")?.dataset.column ?? this.rows.dataset.picking;
    if (!column) return null;
    const text = this.count(range, column, false);
    const whole = column === "raw" ? this.count(range, column, true) : text;
    return whole && { first: text?.first ?? null, stop: text?.stop ?? null, column, whole };
  }

  count(range, column, whole) {
    let first = null;
    let count = 0;
    for (const cell of this.rows.querySelectorAll(`[data-column="${column}"]`)) {
      if (!range.intersectsNode(cell)) continue;
      let at = startOf(cell, whole);
      for (const node of walkWords(cell, whole)) {
        const all = countNode(node, whole);
        if (range.intersectsNode(node)) {
          const from = node === range.startContainer ? range.startOffset : 0;
          const to = node === range.endContainer ? range.endOffset : node.data.length;
          const blank = all !== countSigns(node.data);
          const inside = blank ? all : countSigns(node.data.slice(from, to));
          if (inside && first === null) first = at + (blank ? 0 : countSigns(node.data.slice(0, from)));
          count += inside;
        }
        at += all;
      }
    }
    return count ? { first, stop: first + count } : null;
  }

  clear() {
    this.page.getSelection().removeAllRanges();
    this.set(null);
  }

  read(first, stop) {
    return [...this.eachStretch("clean", first, stop)].map(([node, from, to]) => node.data.slice(from, to)).join("\n");
  }

  readWhole(column, { first, stop }) {
    const stretches = [...this.eachStretch(column, first, stop, column === "raw")];
    return stretches.map(([node, from, to]) => node.data.slice(from, to)).join("");
  }

  mark(first, stop) {
    for (const column of ["raw", "clean"]) this.wrap(this.eachStretch(column, first, stop), "cut", `${first}-${stop}`);
  }

  markWhole(column, { first, stop }, name) {
    this.wrap(this.eachStretch(column, first, stop, column === "raw"), "set-words", name);
  }

  wrap(stretches, style, name) {
    for (const [node, from, to] of [...stretches]) {
      const range = this.page.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      const mark = this.page.createElement("mark");
      mark.className = style;
      mark.dataset.marked = name;
      range.surroundContents(mark);
    }
  }

  unmark(name) {
    for (const mark of this.rows.querySelectorAll(`[data-marked="${name}"]`)) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
  }

  *eachStretch(column, first, stop, whole = false) {
    const cells = [...this.rows.querySelectorAll(`[data-column="${column}"]`)];
    for (const [place, cell] of cells.entries()) {
      const next = cells[place + 1];
      if (next && startOf(next, whole) <= first) continue;
      let at = startOf(cell, whole);
      if (at >= stop) return;
      for (const node of [...walkWords(cell, whole)]) {
        const count = countNode(node, whole);
        const from = Math.max(0, first - at);
        const to = Math.min(count, stop - at);
        if (from < to && count === countSigns(node.data)) {
          const stretch = findStretch(node.data, from, to);
          if (stretch) yield [node, ...stretch];
        }
        at += count;
      }
    }
  }
}
