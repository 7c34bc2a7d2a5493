// Sends files one after another into a batch, over broken connections, never one twice.

const TRIES = 6;
const FIRST_WAIT = 1000;
const HASHED_BYTES = 64 * 1024 * 1024;

export class Refused extends Error {}

function wait(time) {
  return new Promise((resolve) => { setTimeout(resolve, time); });
}

// Offline, there is no sense in trying before the browser says that it is back.
async function waitForWay(attempt) {
  if (navigator.onLine === false) {
    await Promise.race([
      new Promise((resolve) => { addEventListener("online", resolve, { once: true }); }),
      wait(30000),
    ]);
  }
  await wait(FIRST_WAIT * 2 ** attempt);
}

// Every answer of the server that took something says ok.
function readAnswer(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

// fetch() tells nothing of how much has gone out; this older way does.
function postOnce(address, body, token, onProgress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("X-CSRFToken", token);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => onProgress?.(event.loaded));
    request.addEventListener("load", () => {
      const answer = readAnswer(request.responseText);
      // A page in place of an answer is the login: what was sent did not arrive.
      if (request.status < 300 && answer.ok) resolve(answer);
      else if (request.status >= 500 && !answer.message) reject(new Error(String(request.status)));
      else reject(new Refused(answer.message ?? `HTTP ${request.status}`));
    });
    request.addEventListener("error", () => reject(new Error("network")));
    request.addEventListener("abort", () => reject(new Refused("stopped")));
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(body);
  });
}

/**
 * @param {string} address
 * @param {Record<string, string | Blob>} fields
 * @param {string} token
 * @param {{onProgress?: Function, onBreak?: Function, signal?: AbortSignal}} [watch]
 */
export async function post(address, fields, token, { onProgress, onBreak, signal } = {}) {
  for (let attempt = 0; ; attempt += 1) {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    try {
      return await postOnce(address, body, token, onProgress, signal);
    } catch (error) {
      if (error instanceof Refused || attempt + 1 >= TRIES || signal?.aborted) throw error;
      onBreak?.();
      await waitForWay(attempt);
    }
  }
}

// Only a page served safely may compute it, and not of a file too large to hold.
async function hash(file) {
  if (!globalThis.crypto?.subtle || file.size > HASHED_BYTES) return null;
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function listPresent(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return new Map((await answer.json()).files.map((file) => [file.path, file]));
}

export async function isPresent(present, { file, path }) {
  const there = present.get(path);
  if (!there || there.size !== file.size) return false;
  // Not known, the file goes out again: the server compares, and keeps the same bytes once.
  return (await hash(file)) === there.sha256;
}
