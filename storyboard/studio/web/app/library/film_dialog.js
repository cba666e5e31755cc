// A film in a dialog: it plays with captions, and leads on to its file, its scenes and its page.

import { html, useEffect, useState } from "../../vendor/preact-htm-signals.js";
import { door } from "../door.js";
import { captionFile } from "../film_texts.js";
import { filmPath } from "../media_paths.js";
import { fileName } from "../plain_text.js";
import { filmOf } from "../statuses.js";
import { refusalText, t } from "../texts.js";
import { Button } from "../ui/button.js";
import { Dialog } from "../ui/dialog.js";
import { Icon } from "../ui/icon.js";
import { Player } from "../ui/player.js";
import { webAddress } from "../web_address.js";
import { share } from "./share.js";

/** Milliseconds that a browser has to take a file that is saved. */
const KEPT = 60_000;

/**
 * @param {object} props
 * @param {import("./shelf.js").Video} props.video
 * @param {boolean} [props.isInBuilder] it is being edited: nothing leads there
 * @param {(wanted?: "edit") => void} props.onDone
 */
export function FilmDialog({ video, isInBuilder = false, onDone }) {
  const entryId = filmOf(video);
  const [said, setSaid] = useState(null);
  const link = useEntryLink(entryId);
  const actions = html`
    <span class="film-said" role="status" data-bad=${said?.isBad || null}>${said?.text}</span>
    ${link && html`<a class="button" href=${link} target="_blank" rel="noopener noreferrer">${t("film.open")}</a>`}
    ${door.settings.value.canShare && html`<${Button} icon="share"
      onClick=${async () => setSaid(await share(entryId))}>${t("film.share")}<//>`}
    <a class="button" href=${filmPath(video.partnerId, entryId, "download")} download>
      <${Icon} name="download" />${t("film.download")}</a>
    <${Button} icon="download" onClick=${async () => setSaid(await saveCaptions(video.name, entryId))}>${t("film.captions")}<//>
    ${!isInBuilder && html`<${Button} icon="edit" onClick=${() => onDone("edit")}>${t("film.edit")}<//>`}`;
  return html`<${Dialog} title=${video.name} size="wide" onClose=${() => onDone()} actions=${actions}>
    <${Player} partnerId=${video.partnerId} entryId=${entryId} label=${t("film.label", { name: video.name })} plays />
  <//>`;
}

/** Save a film's captions as a file; returns what there is to say if they cannot be had. */
async function saveCaptions(name, entryId) {
  try {
    const file = await captionFile(entryId);
    if (!file) return { text: t("film.captions.none"), isBad: true };
    const href = URL.createObjectURL(file);
    Object.assign(document.createElement("a"), { href, download: `${fileName(name) || entryId}.srt` }).click();
    setTimeout(() => URL.revokeObjectURL(href), KEPT);
    return null;
  } catch (cause) {
    return { text: t("film.captions.not", { reason: refusalText(cause) }), isBad: true };
  }
}

/** Ask the host where it shows an entry; asked early, since a browser opens pages at a press only. */
function useEntryLink(entryId) {
  const [link, setLink] = useState(null);
  useEffect(() => {
    if (!door.settings.peek().hasEntryLink) return undefined;
    let isOver = false;
    door.entryLink(entryId).then((found) => isOver || setLink(webAddress(found)), () => {});
    return () => { isOver = true; };
  }, [entryId]);
  return link;
}
