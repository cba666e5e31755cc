/**
 * Brings a file into the account: a token, the file in parts, an entry, and the file as its content.
 * Knows no page; what sends is handed in.
 *
 * @typedef {object} Sender
 * @property {(service: string, action: string, body: object, options?: object) => Promise<any>} service
 * @property {(fields: Record<string, string>, file: { part: Blob, fileName: string }, stop: AbortSignal) => Promise<any>} sendPart
 * @typedef {{ sent: number, size: number }} Progress bytes
 * @typedef {"empty" | "large" | "kind"} Fault of a file that is not even sent
 */

import { storable } from "../plain_text.js";

/** @typedef {"video" | "image" | "document"} Kind */

/** `mediaType` of a new entry; none is a document's, which becomes one by its content. */
const TYPES = { video: 1, image: 2 };
const SUFFIXES = {
  video: ["mp4", "mov", "m4v", "mkv", "webm"],
  image: ["png", "jpg", "jpeg", "webp", "gif"],
  document: ["pdf", "docx", "md", "markdown", "txt", "text"],
};

const SMALLEST_PART = 256 << 10;
const LARGEST_PART = 8 << 20;

/** A part is sent again so many times after the studio did not answer. */
const TRIES = 4;

/** @returns {number} bytes of a part: so many that a bar moves, so few that a lost one is soon sent again */
export function partSize(size) {
  return Math.min(LARGEST_PART, Math.max(SMALLEST_PART, Math.ceil(size / 40)));
}

/** @returns {Fault | null} why a file cannot be what is wanted; its content is looked at by the studio */
export function faultOf({ name, size, type }, kind, largest) {
  if (!size) return "empty";
  if (size > largest) return "large";
  const suffix = name.includes(".") ? name.split(".").pop().toLowerCase() : "";
  return type.startsWith(`${kind}/`) || SUFFIXES[kind].includes(suffix) ? null : "kind";
}

/**
 * Upload a file and return the entry that it became. What was begun is taken back if it fails or is
 * stopped, as far as the studio still answers.
 *
 * @param {Sender} sender
 * @param {File} file
 * @param {{ kind: Kind, stop: AbortSignal, onProgress: (progress: Progress) => void }} options
 */
export async function upload(sender, file, { kind, stop, onProgress }) {
  const name = storable(file.name);
  const announced = { fileName: name, fileSize: file.size };
  const token = await sender.service("uploadToken", "add", { uploadToken: announced }, { signal: stop });
  const begun = [["uploadToken", "delete", { uploadTokenId: token.id }]];
  try {
    await sendAll(sender, file, token.id, stop, onProgress);
    const added = { name, ...(kind in TYPES && { mediaType: TYPES[kind] }) };
    const entry = await sender.service("media", "add", { entry: added }, { signal: stop });
    begun.push(["media", "delete", { entryId: entry.id }]);
    const resource = { objectType: "KalturaUploadedFileTokenResource", token: token.id };
    return await sender.service("media", "addContent", { entryId: entry.id, resource }, { signal: stop });
  } catch (trouble) {
    await takeBack(sender, begun);
    throw trouble;
  }
}

async function sendAll(sender, file, token, stop, onProgress) {
  const size = partSize(file.size);
  let at = 0;
  let tries = 0;
  onProgress({ sent: 0, size: file.size });
  while (at < file.size) {
    const end = Math.min(at + size, file.size);
    const isLast = end === file.size;
    const fields = {
      uploadTokenId: token, resume: "1", resumeAt: String(at), finalChunk: isLast ? "1" : "0",
    };
    try {
      await sender.sendPart(fields, { part: file.slice(at, end), fileName: file.name }, stop);
      at = end;
      tries = 0;
    } catch (trouble) {
      stop.throwIfAborted();
      tries += 1;
      if ((trouble.code && !trouble.isPassing) || tries >= TRIES) throw trouble;
      const known = await sender.service("uploadToken", "get", { uploadTokenId: token }, { signal: stop });
      if (known.status >= 2) return;
      at = Math.min(known.uploadedFileSize, file.size);
    }
    onProgress({ sent: at, size: file.size });
  }
}

async function takeBack(sender, begun) {
  await Promise.allSettled(begun.reverse().map(([service, action, body]) => sender.service(service, action, body, { repeat: false })));
}
