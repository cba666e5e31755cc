/**
 * Chooses a clip or a picture of the account, or uploads one.
 *
 * `h(MediaPicker, { purpose: "video", chosen: entryId, onChoose: (medium) => … })`
 */

import { html, useRef, useState } from "../../vendor/preact-htm-signals.js";
import { refusalText, t } from "../texts.js";
import { MediaList } from "./media_list.js";
import { Mending, rateFault } from "./rate_fault.js";
import { Uploads } from "./uploads.js";

/**
 * @param {object} props
 * @param {"video" | "image"} props.purpose a clip, or a background
 * @param {string | null} [props.chosen] the entry that is in use
 * @param {(medium: import("./media_search.js").Medium) => void} props.onChoose also a file that was
 * uploaded; a clip of a frame rate that no film can show is not chosen, and the picker says why
 */
export function MediaPicker({ purpose, chosen = null, onChoose }) {
  const [version, setVersion] = useState(0);
  const [refused, setRefused] = useState(null);
  const latest = useRef(null); // a clip is asked about first, and its answer may come after another press
  const choose = async (medium) => {
    latest.current = medium;
    setRefused(null);
    const fault = purpose === "video" ? await clipFault(medium) : null;
    if (latest.current !== medium) return;
    if (fault) setRefused({ ...fault, name: medium.name });
    else onChoose(medium);
  };
  return html`<div class="media-picker">
    <${Uploads} kind=${purpose} onUploaded=${onChoose} onArrived=${() => setVersion((before) => before + 1)}
      whyUnfit=${purpose === "video" ? rateFault : undefined} />
    ${refused && html`<div class="media-refused" role="alert"><p class="error"><bdi dir="auto">${refused.name}</bdi>: ${refused.trouble}</p>
      <${Mending} command=${refused.command} /></div>`}
    <${MediaList} purpose=${purpose} chosen=${chosen ? [chosen] : []} version=${version} onChoose=${choose} />
  </div>`;
}

/** Why a clip cannot be filmed, or why that is not known; null: it can. */
async function clipFault(medium) {
  try {
    return await rateFault(medium);
  } catch (trouble) {
    return { trouble: refusalText(trouble), command: null };
  }
}
