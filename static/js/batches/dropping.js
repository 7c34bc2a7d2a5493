// What was dropped: files as they are, folders opened to the bottom, each file with its path.

function readBatch(reader) {
  return new Promise((resolve, reject) => { reader.readEntries(resolve, reject); });
}

// A reader gives a hundred entries at a time, and none when it is done.
async function listFolder(folder) {
  const reader = folder.createReader();
  const found = [];
  for (;;) {
    const some = await readBatch(reader);
    if (!some.length) return found;
    found.push(...some);
  }
}

function openFile(entry) {
  return new Promise((resolve, reject) => { entry.file(resolve, reject); });
}

async function* walk(entry) {
  if (entry.isFile) {
    yield { file: await openFile(entry), path: entry.fullPath.replace(/^\//, "") };
    return;
  }
  const entries = await listFolder(entry);
  entries.sort((one, other) => one.name.localeCompare(other.name, "zh"));
  for (const below of entries) yield* walk(below);
}

export async function readDrop(transfer) {
  // Entries are there only while the event lasts: all are taken before the first wait.
  const items = [...transfer.items].filter((item) => item.kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map((file) => ({ file, path: file.name }));
  const found = [];
  for (const entry of entries) {
    for await (const item of walk(entry)) found.push(item);
  }
  return found;
}

export function readField(field) {
  return [...field.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
}
