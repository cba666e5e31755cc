// "New video": the kinds that are allowed, or at once the only one.

import { html, signal, useMemo } from "../../vendor/preact-htm-signals.js";
import { ComposeWizard } from "../compose/wizard.js";
import { door } from "../door.js";
import { go } from "../router.js";
import { t } from "../texts.js";
import { ask, Dialog } from "../ui/dialog.js";
import { Icon } from "../ui/icon.js";
import { offered } from "./new_video.js";
import { tellOfAdding } from "./video_actions.js";

const SCRATCH = "fromScratch";
const ICONS = { [SCRATCH]: "edit", "session-highlights": "film", "video-explainer": "image", "presentation-narration": "copy" };

/** Whether a draft is being added. */
export const isAdding = signal(false);

/** Return the kinds of video that may be made here. */
export const kinds = () => offered(door.settings.value.allowedProjectTypes);

/**
 * Make a new video and show it; asks for its kind where there are several.
 * @param {ReturnType<import("./store.js").createLibrary>} library
 */
export async function newVideo(library) {
  const [only, ...others] = kinds();
  if (only === undefined) return;
  if (others.length === 0) await begin(library, only);
  else await ask((done) => html`<${Chooser} library=${library} onDone=${done} />`);
}

function Chooser({ library, onDone }) {
  const stop = useMemo(() => new AbortController(), []);
  const close = () => {
    stop.abort();
    onDone();
  };
  const choose = async (kind) => {
    if (kind !== SCRATCH) onDone();
    await begin(library, kind, stop.signal);
    onDone();
  };
  return html`<${Dialog} title=${t("project.title")} onClose=${close}>
    <ul class="kinds">${kinds().map((kind, index) => html`<li key=${kind}>
      <button type="button" class="kind" data-first=${index === 0 || null} aria-disabled=${isAdding.value || null}
        onClick=${() => isAdding.peek() || choose(kind)}>
        <${Icon} name=${ICONS[kind]} />
        <span><b>${t(`project.${kind}`)}</b><small>${t(`project.${kind}.how`)}</small></span></button></li>`)}</ul>
    <p role="status" class="quiet">${isAdding.value && t("project.adding")}</p>
  <//>`;
}

/** Begin a video of one kind, and show it in the builder. */
async function begin(library, kind, stop) {
  const video = await (kind === SCRATCH ? draft(library, stop) : composed(library, kind));
  if (video && !stop?.aborted) await go({ view: "builder", id: video.id });
}

async function draft(library, stop) {
  isAdding.value = true;
  try {
    return await library.add(t("library.untitled"), stop);
  } catch (cause) {
    if (!stop?.aborted) tellOfAdding(library, cause);
    return null;
  } finally {
    isAdding.value = false;
  }
}

function composed(library, format) {
  return ask((done) => {
    const close = (cause) => {
      done();
      if (cause) tellOfAdding(library, cause);
    };
    return html`<${ComposeWizard} format=${format} onDone=${done} onClose=${close} />`;
  });
}
