/**
 * Chooses a clip or a picture of the account, or uploads one.
 *
 * `h(MediaPicker, { purpose: "video", chosen: entryId, onChoose: (medium) => … })`
 */

import { html, useState } from "../../vendor/preact-htm-signals.js";
import { facts as askedFacts } from "../facts.js";
import { refusalText, t } from "../texts.js";
import { isFilmable, commandFor, ratesOf } from "./conversion.js";
import { MediaList } from "./media_list.js";
import { rateOf, rateText, Uploads } from "./uploads.js";

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
  const choose = async (medium) => {
    setRefused(null);
    try {
      const told = purpose === "video" ? await rateFault(medium) : null;
      if (told) setRefused(told);
      else onChoose(medium);
    } catch (trouble) {
      setRefused({ text: refusalText(trouble) });
    }
  };
  return html`<div class="media-picker">
    <${Uploads} kind=${purpose} onUploaded=${onChoose} onArrived=${() => setVersion((before) => before + 1)} />
    ${refused && html`<div class="media-refused" role="alert"><p class="error">${refused.text}</p>
      ${refused.command && html`<p>${t("upload.mend")}</p><pre dir="ltr"><code>${refused.command}</code></pre>`}</div>`}
    <${MediaList} purpose=${purpose} chosen=${chosen ? [chosen] : []} version=${version} onChoose=${choose} />
  </div>`;
}

async function rateFault(medium) {
  const [facts, rate] = await Promise.all([askedFacts(), rateOf(medium.id)]);
  const rates = ratesOf(facts.behavior.broll_frame_rates);
  if (rate === null || isFilmable(rate, rates)) return null;
  return { text: `${medium.name}: ${rateText(rate, rates)}`, command: commandFor(medium.name, rate, rates) };
}
