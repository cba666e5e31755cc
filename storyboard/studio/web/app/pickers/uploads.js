// Files on their way into the account: dropped or chosen, each with a bar, a way to stop it, and what
// went wrong with it.

import { html, signal, useEffect, useRef, useState } from "../../vendor/preact-htm-signals.js";
import * as api from "../api.js";
import { door } from "../door.js";
import { facts as askedFacts } from "../facts.js";
import { number, refusalText, t } from "../texts.js";
import { holdPage } from "../unload.js";
import { Button } from "../ui/button.js";
import { Progress } from "../ui/progress.js";
import { commandFor } from "./conversion.js";
import { mediumOf } from "./media_search.js";
import { Mending } from "./rate_fault.js";
import { faultOf, upload } from "./upload.js";

/**
 * @typedef {object} Going a file that is sent, or was
 * @property {string} name
 * @property {"sending" | "done" | "failed"} state
 * @property {number} share 0 to 1
 * @property {string | null} trouble in words
 * @property {string | null} command what mends it
 * @property {() => void} stop
 */

const ACCEPTED = {
  video: "video/*,.mkv,.mov",
  image: "image/png,image/jpeg,image/webp,image/gif",
  document: ".pdf,.docx,.md,.markdown,.txt,.text",
};

/** By kind. A file goes on while its picker is not shown, and can be seen and stopped there again. */
const GOING = Object.fromEntries(Object.keys(ACCEPTED).map((kind) => [kind, signal(/** @type {Going[]} */ ([]))]));

holdPage(() => Object.values(GOING).some((going) => going.peek().some(({ state }) => state === "sending")));

/**
 * @param {object} props
 * @param {import("./upload.js").Kind} props.kind
 * @param {boolean} [props.isMany] several files may be meant
 * @param {(medium: import("./media_search.js").Medium) => void} props.onUploaded it can be used
 * @param {() => void} [props.onArrived] a file is among the media, whatever it is good for
 * @param {(medium: { id: string, name: string }) => Promise<import("./rate_fault.js").Fault | null>} [props.whyUnfit]
 *   why it cannot be used; null: it can
 */
export function Uploads({ kind, isMany = false, onUploaded, onArrived = () => {}, whyUnfit = async () => null }) {
  const going = GOING[kind];
  const [isOver, setOver] = useState(false);
  const chooser = useRef(null);
  useEffect(() => () => {
    going.value = going.value.filter(({ state }) => state !== "done");
  }, []);
  const take = (files) => {
    // Of several files for one place none is meant more than the others.
    const onDone = isMany || files.length === 1 ? onUploaded : () => {};
    for (const file of files) send(file, { kind, going, whyUnfit, onUploaded: onDone, onArrived });
  };
  const drop = (event) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  const hold = (event) => {
    event.preventDefault(); // without it the browser opens what is dropped
    setOver(true);
  };
  const chosen = (event) => {
    take(event.target.files);
    event.target.value = "";
  };
  return html`<section class="uploads" data-over=${isOver || null} aria-label=${t(`upload.${kind}`)}
      onDragOver=${hold} onDragLeave=${() => setOver(false)} onDrop=${drop}>
    <div class="row">
      <${Button} icon="upload" onClick=${() => chooser.current.click()}>${t(`upload.${kind}`)}<//>
      <span class="quiet">${t("upload.drop")}</span>
      <input type="file" hidden multiple ref=${chooser} accept=${ACCEPTED[kind]} onChange=${chosen} />
    </div>
    <ul class="uploads-list">${going.value.map((file) => html`<${File} key=${file.id} file=${file}
      onForget=${() => forget(going, file.id)} />`)}</ul>
  </section>`;
}

function File({ file, onForget }) {
  const { name, state, share, trouble, command } = file;
  return html`<li data-state=${state}>
    <div class="row"><bdi class="upload-name" dir="auto">${name}</bdi>
      <span class="quiet spring">${state === "sending" && number(share, { style: "percent" })}</span>
      ${state === "sending"
        ? html`<${Button} kind="bare" icon="close" label=${t("upload.stop", { name })} onClick=${file.stop} />`
        : html`<${Button} kind="bare" icon="close" label=${t("upload.forget", { name })} onClick=${onForget} />`}
    </div>
    ${state === "sending" && html`<${Progress} label=${t("upload.progress", { name })} value=${share} />`}
    ${state === "done" && html`<p role="status">${t("upload.done")}</p>`}
    ${trouble && html`<p class="error" role="alert">${trouble}</p>`}
    <${Mending} command=${command} />
  </li>`;
}

let last = 0;

async function send(file, { kind, going, whyUnfit, onUploaded, onArrived }) {
  const stopping = new AbortController();
  const unkilled = door.onKill(() => stopping.abort()); // what was begun is taken back
  const id = ++last;
  const change = (part) => {
    going.value = going.value.map((each) => (each.id === id ? { ...each, ...part } : each));
  };
  going.value = [...going.value, {
    id, name: file.name, state: "sending", share: 0, trouble: null, command: null, stop: () => stopping.abort(),
  }];
  try {
    const facts = await askedFacts();
    const fault = faultOf(file, kind, facts.limits.fileBytes);
    if (fault) return change({ state: "failed", trouble: faultText(fault, kind, facts) });
    const entry = await upload(SENDER, file, {
      kind, stop: stopping.signal, onProgress: ({ sent, size }) => change({ share: sent / size }),
    });
    onArrived();
    const medium = mediumOf(entry);
    if (medium.kind !== kind) {
      return change({ state: "failed", trouble: t(`upload.other.${kind}`, { kind: t(`media.kind.${medium.kind}`) }) });
    }
    const unfit = await whyUnfit({ id: medium.id, name: file.name });
    if (unfit) return change({ state: "failed", ...unfit });
    change({ state: "done", share: 1 });
    onUploaded(medium);
  } catch (trouble) {
    if (stopping.signal.aborted) forget(going, id);
    else change({ state: "failed", trouble: refusalText(trouble), command: mending(trouble, file.name, kind) });
  } finally {
    unkilled();
  }
}

function faultText(fault, kind, facts) {
  const largest = number(facts.limits.fileBytes / 2 ** 30, { maximumFractionDigits: 1 });
  return t(fault === "kind" ? `upload.fault.kind.${kind}` : `upload.fault.${fault}`, { largest });
}

function mending(trouble, name, kind) {
  return kind === "video" && trouble.code === "MEDIA_NOT_SUPPORTED" ? commandFor(name, 0, []) : null;
}

function forget(going, id) {
  going.value = going.value.filter((each) => each.id !== id);
}

const SENDER = {
  service: api.service,
  sendPart: (fields, file, stop) => api.sendFile("uploadToken", "upload", fields, file, { signal: stop, repeat: false }),
};
