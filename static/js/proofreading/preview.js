// Shows what would be accepted, each with its neighbours in the draft, and asks which of it.
const AROUND = 12;

function makePart(page, name, text) {
  const part = page.createElement(name);
  part.textContent = text;
  return part;
}

function cut(text, from, to) {
  return [...(text ?? "")].slice(from, to).join("");
}

function makeLine(page, item, place) {
  const line = page.createElement("li");
  const label = page.createElement("label");
  const box = page.createElement("input");
  box.type = "checkbox";
  box.checked = true;
  const before = cut(place.previousSibling?.textContent, -AROUND).split("\n").pop() ?? "";
  const behind = cut(place.nextSibling?.textContent, 0, AROUND).split("\n")[0];
  label.append(box, " ", before, makePart(page, "del", place.textContent),
    makePart(page, "ins", item.dataset.suggestion), behind);
  line.append(label);
  return { item, line, box };
}

// Resolves to the items that are to be accepted, none where it was called off.
export function askAbout(page, pairs) {
  const dialog = page.querySelector("[data-preview]");
  const lines = pairs.map(([item, place]) => makeLine(page, item, place));
  dialog.querySelector("[data-preview-list]").replaceChildren(...lines.map(({ line }) => line));
  return new Promise((resolve) => {
    let agreed = false;
    dialog.querySelector("[data-preview-accept]").onclick = () => {
      agreed = true;
      dialog.close();
    };
    dialog.querySelector("[data-preview-close]").onclick = () => dialog.close();
    dialog.onclose = () => resolve(lines.filter(({ box }) => agreed && box.checked).map(({ item }) => item));
    dialog.showModal();
  });
}
