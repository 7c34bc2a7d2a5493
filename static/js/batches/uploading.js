// The desk's front: what is dropped or chosen goes into a batch; one small file goes as a form.
import { readDrop, readField } from "./dropping.js";
import { startPanel } from "./sending-panel.js";

const form = document.querySelector("[data-upload]");
const area = form?.querySelector("[data-drop]");
const fields = [...(form?.querySelectorAll("input[type=file]") ?? [])];
let sending = false;

function isSmall({ file }) {
  const suffixes = form.dataset.archives.split(" ").filter(Boolean);
  const name = file.name.toLowerCase();
  return file.size <= Number(form.dataset.atOnce) && !suffixes.some((end) => name.endsWith(end));
}

function mayGoAsForm(items) {
  const publish = form.querySelector("[name=publish]")?.checked;
  return !form.dataset.resume && items.length === 1 && !publish && isSmall(items[0]);
}

async function send(items) {
  if (sending || !items.length) return;
  sending = true;
  await startPanel(form, items);
  sending = false;
}

function goAsForm(item) {
  const chosen = new DataTransfer();
  chosen.items.add(item.file);
  fields[0].files = chosen.files;
  if (fields[1]) fields[1].value = "";
  form.submit();
}

function tellChosen() {
  const items = fields.flatMap(readField);
  const told = form.querySelector("[data-chosen]");
  told.hidden = !items.length;
  told.textContent = items.length === 1
    ? items[0].path
    : told.dataset.words.replace("{count}", items.length);
}

function listenToDrops() {
  area.classList.add("scripted");
  area.querySelector("[data-drop-hint]").hidden = false;
  // The whole page takes files: dropped beside the area, they would replace the page.
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      area.classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) area.classList.remove("over");
  });
  document.addEventListener("drop", async (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    area.classList.remove("over");
    const items = await readDrop(event.dataTransfer);
    if (mayGoAsForm(items)) goAsForm(items[0]);
    else await send(items);
  });
}

if (form && area) {
  listenToDrops();
  for (const field of fields) field.addEventListener("change", tellChosen);
  form.addEventListener("submit", (event) => {
    const items = fields.flatMap(readField);
    // Nothing chosen, or one file: the plain form says and does what is needed.
    if (!form.dataset.resume && (!items.length || mayGoAsForm(items))) return;
    event.preventDefault();
    send(items);
  });
}
