// Sends files one after another over broken connections, never one twice: small ones whole, large
// ones in pieces by tus (static/vendor), which goes on behind the last piece that arrived.
/* global tus */

// A smaller file goes in one request: to begin it again costs less than to ask how far it came.
export const WHOLE = 256 * 1024;
// A piece is a hundredth of the file, within these bounds.
const LEAST_PIECE = 256 * 1024;
const MOST_PIECE = 8 * 1024 * 1024;
const FIRST_WAIT = 1000;
const MOST_WAIT = 15000;
const TRIES = 6;
const HASHED_BYTES = 64 * 1024 * 1024;

// What the server does not take, in its words; temporary: later it may.
export class Refused extends Error {
  constructor(message, temporary = false) {
    super(message);
    this.temporary = temporary;
  }
}

// The server answers, but fails at it.
class Failed extends Error {}

function wait(time) {
  return new Promise((resolve) => { setTimeout(resolve, time); });
}

// Offline, there is no sense in trying before the browser says that it is back.
async function waitForWay(attempt, signal) {
  const stopped = new Promise((resolve) => {
    signal?.addEventListener("abort", resolve, { once: true });
  });
  const back = new Promise((resolve) => { addEventListener("online", resolve, { once: true }); });
  if (navigator.onLine === false) await Promise.race([back, stopped, wait(30000)]);
  await Promise.race([stopped, wait(Math.min(MOST_WAIT, FIRST_WAIT * 2 ** attempt))]);
}

// Every answer of the server that took something says ok.
function readAnswer(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

// 401: not signed in any more; 429, 503, 507: no room now.
function readRefusal(status, text) {
  const { message } = readAnswer(text);
  if (status >= 500 && !message) return new Failed(String(status));
  return new Refused(message ?? `HTTP ${status}`, [401, 429, 503, 507].includes(status));
}

/**
 * A lost connection is waited for without end, a server that fails is asked a few times.
 * @param {(attempt: number) => Promise<any>} once
 * @param {{onBreak?: Function, signal?: AbortSignal}} watch
 */
async function persist(once, { onBreak, signal }) {
  let failed = 0;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await once(attempt);
    } catch (error) {
      if (error instanceof Failed) failed += 1;
      if (error instanceof Refused || failed >= TRIES || signal?.aborted) throw error;
      onBreak?.();
      await waitForWay(attempt, signal);
      if (signal?.aborted) throw error;
    }
  }
}

/**
 * @param {string} address
 * @param {Record<string, string | Blob>} fields
 * @param {string} token
 * @param {{onBreak?: Function, signal?: AbortSignal}} [watch]
 */
export async function post(address, fields, token, watch = {}) {
  return persist(async () => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    const answer = await fetch(address, { method: "POST", body, headers, signal: watch.signal });
    const text = await answer.text();
    // A page in place of an answer is the login: what was sent did not arrive.
    if (answer.ok && readAnswer(text).ok) return readAnswer(text);
    throw readRefusal(answer.status, text);
  }, watch);
}

// The token with which to go on, and the uploads that were begun and not finished.
export async function askUnfinished(address, signal) {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, signal });
  const text = await answer.text();
  if (!answer.ok || !readAnswer(text).ok) throw readRefusal(answer.status, text);
  return readAnswer(text);
}

// Those that were begun with this very file, as far as a browser can tell.
export function listBegun(uploads, { file, path }) {
  return uploads.filter((one) => one.path === path && one.size === file.size
    && one.modified === file.lastModified);
}

// What is sent in the end is what was chosen: a client that starts anew must not do it unasked.
function checkHead(request, response) {
  const known = [200, 204, 404, 410, 423].includes(response.getStatus());
  if (request.getMethod() === "HEAD" && !known) throw new Error("try later");
}

function nameTrouble(error) {
  const answer = error.originalResponse;
  if (!answer) return error;
  const status = answer.getStatus();
  // Another request has the file, or has brought the piece: asked again, the server says how far.
  if (status === 409 || status === 423) {
    const { code, message } = readAnswer(answer.getBody());
    return code === "closed" ? new Refused(message) : error;
  }
  // A piece that came damaged.
  return status === 460 ? error : readRefusal(status, answer.getBody());
}

function sendOnce(upload, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      upload.abort();
      reject(new Refused("stopped"));
    };
    signal.addEventListener("abort", stop, { once: true });
    upload.options.onSuccess = resolve;
    upload.options.onError = (error) => {
      signal.removeEventListener("abort", stop);
      reject(nameTrouble(error));
    };
    upload.start();
  });
}

/**
 * Sends a file in pieces, from where it was left where begun says so; returns its address.
 * @param {{file: File, path: string}} item
 * @param {{address: string, batch?: number, token: string, begun?: {address: string}}} how
 * @param {{onProgress: Function, onBreak: Function, signal: AbortSignal}} watch
 */
export async function sendPieces({ file, path }, { address, batch, token, begun }, watch) {
  const metadata = { path, modified: String(file.lastModified) };
  const upload = new tus.Upload(file, {
    endpoint: address,
    uploadUrl: begun?.address ?? null,
    chunkSize: Math.max(LEAST_PIECE, Math.min(MOST_PIECE, Math.ceil(file.size / 100))),
    metadata: batch ? { ...metadata, batch: String(batch) } : metadata,
    headers: { Accept: "application/json", "X-CSRFToken": token },
    // The server remembers what was begun: a browser's memory may be another's tomorrow.
    storeFingerprintForResuming: false,
    retryDelays: null,
    onProgress: (sent) => watch.onProgress(sent),
    onAfterResponse: checkHead,
  });
  await persist(async (attempt) => {
    if (attempt) {
      const { token: fresh } = await askUnfinished(address, watch.signal);
      upload.options.headers["X-CSRFToken"] = fresh;
    }
    await sendOnce(upload, watch.signal);
  }, watch);
  return upload.url;
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
