// The presenters as a group of radio buttons: one stop of the Tab key, arrows lead through it. They lie in
// a strip that scrolls to the side, since what they stand in scrolls up and down.

import { html, useEffect, useId, useRef } from "../../vendor/preact-htm-signals.js";
import { presenterPath } from "../facts.js";
import { t } from "../texts.js";

/**
 * @param {object} props
 * @param {{ id: string, name: string }[]} props.templates
 * @param {string} props.chosen an id
 * @param {(id: string) => void} props.onChoose
 * @param {string | null} props.color behind each, if it is a color
 */
export function Presenters({ templates, chosen, onChoose, color }) {
  const group = useId();
  const list = useRef(null);
  useEffect(() => {
    const card = list.current.querySelector("[data-chosen]");
    if (card) list.current.scrollLeft += middleOf(card) - middleOf(list.current);
  }, []);
  return html`<fieldset class="presenters">
    <legend>${t("avatar.presenter")}</legend>
    <div class="cards" ref=${list}>${templates.map(({ id, name }) => html`
      <label class="card" key=${id} data-chosen=${id === chosen || null}>
        <input type="radio" class="card-radio" name=${group} value=${id} checked=${id === chosen}
          onChange=${() => onChoose(id)} />
        <span class="card-picture" style=${color ? { background: color } : null}>
          <img alt="" loading="lazy" src=${presenterPath(id)} /></span>
        <span class="card-name" dir="auto">${name}</span>
      </label>`)}
    </div>
  </fieldset>`;
}

function middleOf(node) {
  const { left, width } = node.getBoundingClientRect();
  return left + width / 2;
}
