// The desk's front: what is dropped or chosen goes into a batch; one small file goes as a form.
import { readDrop, readField } from "./dropping.js";
import { sendSingle, startPanel } from "./sending-panel.js";
import { WHOLE } from "./sending.js";

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
  const limit = form.querySelector("[name=limit]")?.value;
  return !form.dataset.resume && items.length === 1 && !publish && !limit && isSmall(items[0]);
}

async function send(items) {
  if (sending || !items.length) return;
  sending = true;
  await startPanel(form, items);
  sending = false;
}

// Small, the form brings it; larger, it goes ahead in pieces and the form says which it is.
async function goAsForm(item) {
  const chosen = new DataTransfer();
  const submit = () => {
    fields[0].files = chosen.files;
    if (fields[1]) fields[1].value = "";
    form.submit();
  };
  if (item.file.size <= WHOLE) {
    chosen.items.add(item.file);
    submit();
    return;
  }
  if (sending) return;
  sending = true;
  await sendSingle(form, item, (address) => {
    form.elements.namedItem("received").value = address.split("/").filter(Boolean).pop();
    submit();
  });
  sending = false;
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
    // Nothing chosen: the plain form says what is needed.
    if (!form.dataset.resume && !items.length) return;
    event.preventDefault();
    if (mayGoAsForm(items)) goAsForm(items[0]);
    else send(items);
  });
}
