// Chooses a slide of a presentation: first the presentation, then one of its slides by their pictures.

import { html, useEffect, useId, useRef, useState } from "../../vendor/preact-htm-signals.js";
import { own, service } from "../api.js";
import { slidePath } from "../media_paths.js";
import { refusalText, t } from "../texts.js";
import { Button } from "../ui/button.js";
import { Trouble } from "../ui/trouble.js";
import { MediaList } from "./media_list.js";
import { Uploads } from "./uploads.js";

/** @typedef {{ type: "slide", entryId: string, flavorAssetId: string, index: number }} Slide as a scene has it */

/**
 * @param {object} props
 * @param {Slide | null} props.chosen
 * @param {(slide: Slide) => void} props.onChoose
 */
export function SlidePicker({ chosen, onChoose }) {
  const [isOther, setOther] = useState(false);
  const [version, setVersion] = useState(0);
  const [trouble, setTrouble] = useState(null);
  const latest = useRef(null); // its slides are asked for first, and the answer may come after another press
  const open = async (medium) => {
    latest.current = medium;
    setTrouble(null);
    try {
      const slide = await firstSlide(medium.id);
      if (latest.current !== medium) return;
      setOther(false);
      onChoose(slide);
    } catch (refusal) {
      if (latest.current === medium) setTrouble(refusal instanceof NoSlides ? t("slides.none") : refusalText(refusal));
    }
  };
  if (chosen && !isOther) {
    return html`<${Slides} key=${chosen.entryId} chosen=${chosen} onChoose=${onChoose} />
      <div><${Button} onClick=${() => setOther(true)}>${t("slides.other")}<//></div>`;
  }
  return html`<${Uploads} kind="document" onUploaded=${open} onArrived=${() => setVersion((before) => before + 1)} />
    ${trouble && html`<p class="error" role="alert">${trouble}</p>`}
    <${MediaList} purpose="presentation" chosen=${chosen ? [chosen.entryId] : []} version=${version} onChoose=${open} />`;
}

function Slides({ chosen, onChoose }) {
  const { entryId, index } = chosen;
  const group = useId();
  const [count, setCount] = useState(null);
  const [trouble, setTrouble] = useState(null);
  const look = () => {
    setTrouble(null);
    countOf(entryId).then(setCount, (refusal) => setTrouble(refusalText(refusal)));
  };
  useEffect(look, [entryId]);
  if (trouble) return html`<${Trouble} text=${trouble} again=${look} />`;
  if (count === null) return html`<p class="quiet" role="status">${t("shell.loading")}</p>`;
  return html`<fieldset class="slides"><legend>${t("slides.choose", { n: count })}</legend>
    <div class="cards">${Array.from({ length: count }, (_, at) => html`
      <label class="card" key=${at} data-chosen=${at === index || null}>
        <input type="radio" class="card-radio" name=${group} value=${at} checked=${at === index}
          onChange=${() => onChoose({ ...chosen, index: at })} />
        <span class="card-picture"><img alt="" loading="lazy" src=${slidePath(entryId, at)} /></span>
        <span class="card-name">${t("slides.one", { n: at + 1 })}</span>
      </label>`)}</div></fieldset>`;
}

class NoSlides extends Error {}

/** @returns {Promise<Slide>} rejects with `NoSlides` for what is no presentation */
async function firstSlide(entryId) {
  const [count, { objects }] = await Promise.all([
    countOf(entryId), service("flavorAsset", "list", { filter: { entryIdEqual: entryId } })]);
  if (!count || !objects.length) throw new NoSlides();
  const { id } = objects.find(({ isOriginal }) => isOriginal) ?? objects[0];
  return { type: "slide", entryId, flavorAssetId: id, index: 0 };
}

async function countOf(entryId) {
  return (await own(`slides/${encodeURIComponent(entryId)}`)).count;
}
