// A button that gives a video its captions from a file.

import { html, useRef, useState } from "../../vendor/preact-htm-signals.js";
import * as api from "../api.js";
import { refusalText, t } from "../texts.js";
import { Button } from "../ui/button.js";
import { ACCEPTED, addCaptions, NoText } from "./captions.js";

/**
 * @param {object} props
 * @param {import("./media_search.js").Medium} props.medium
 * @param {(medium: import("./media_search.js").Medium) => void} props.onAdded it has captions now
 */
export function CaptionsButton({ medium, onAdded }) {
  const [state, setState] = useState({ isBusy: false, trouble: null });
  const chooser = useRef(null);
  const take = async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    setState({ isBusy: true, trouble: null });
    try {
      await addCaptions(api.service, medium.id, file);
      setState({ isBusy: false, trouble: null });
      onAdded({ ...medium, hasCaptions: true });
    } catch (trouble) {
      setState({ isBusy: false, trouble: trouble instanceof NoText ? t("captions.noText") : refusalText(trouble) });
    } finally {
      if (chooser.current) chooser.current.value = ""; // the same file may be chosen again
    }
  };
  return html`<div class="captions-button">
    <${Button} icon="upload" busy=${state.isBusy} label=${t("captions.addTo", { name: medium.name })}
      onClick=${() => chooser.current.click()}>${t("captions.add")}<//>
    <input type="file" hidden ref=${chooser} accept=${ACCEPTED} onChange=${take} />
    ${state.trouble && html`<p class="error" role="alert">${state.trouble}</p>`}
  </div>`;
}
