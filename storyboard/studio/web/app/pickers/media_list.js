// Media of the account: a search box, pages, and what is chosen. Which media, and what choosing means,
// says whoever shows it.

import { html, useEffect, useRef, useState } from "../../vendor/preact-htm-signals.js";
import * as api from "../api.js";
import { door } from "../door.js";
import { stillPath } from "../media_paths.js";
import { locale, number, refusalText, t } from "../texts.js";
import { Button } from "../ui/button.js";
import { Field } from "../ui/field.js";
import { Icon } from "../ui/icon.js";
import { clock, exact, relative } from "../ui/time.js";
import { Trouble } from "../ui/trouble.js";
import { answer, captionQuestion, PAGE, question, withCaptions } from "./media_search.js";

/** After how long a pause in typing is searched. */
const PAUSE = 300;
const WIDTH = 320;

/**
 * @param {object} props
 * @param {import("./media_search.js").Purpose} props.purpose
 * @param {string[]} props.chosen ids
 * @param {(medium: import("./media_search.js").Medium) => void} props.onChoose
 * @param {boolean} [props.isMany] several can be chosen: check boxes in place of buttons
 * @param {(medium: import("./media_search.js").Medium) => string | null} [props.whyNot] why one cannot
 * be chosen, in words
 * @param {(medium: import("./media_search.js").Medium) => unknown} [props.mend] what stands below one
 * that cannot be chosen
 * @param {number} [props.version] another number: media came, ask again
 * @param {unknown} [props.children] what stands beside the search box
 */
export function MediaList({ purpose, chosen, onChoose, isMany = false, whyNot = () => null, mend = () => null,
  version = 0, children }) {
  const [text, setText] = useState("");
  const [found, more, again] = useSearch(purpose, text, version);
  const { media, total, isBusy, trouble } = found;
  const left = total - media.length;
  return html`<div class="media">
    <div class="media-head">
      <${Field} label=${t("media.search")}><input type="search" autocomplete="off" value=${text}
        onInput=${(event) => setText(event.target.value)} /><//>
      ${children}
    </div>
    <p class="quiet" role="status">${isBusy ? t("shell.loading") : trouble ? "" : t("media.found", { n: total })}</p>
    ${trouble && html`<${Trouble} text=${trouble} again=${again} />`}
    ${!isBusy && !trouble && !total && html`<p>${t(text.trim() ? "media.nothing" : `media.empty.${purpose}`)}</p>`}
    <ul class="media-list" aria-label=${t("media.list")}>${media.map((medium) => html`
      <${Tile} key=${medium.id} medium=${medium} isMany=${isMany} reason=${whyNot(medium)} mend=${mend}
        isChosen=${chosen.includes(medium.id)} onChoose=${() => onChoose(medium)} />`)}</ul>
    ${left > 0 && html`<${Button} busy=${isBusy} onClick=${more}>
      ${t("media.more", { n: Math.min(PAGE, left) })}<//>`}
  </div>`;
}

function Tile({ medium, isMany, isChosen, reason, mend, onChoose }) {
  const content = html`
    <span class="media-picture">${pictureOf(medium)}
      ${medium.seconds > 0 && html`<span class="media-length">${clock(medium.seconds)}</span>`}</span>
    <span class="media-name"><bdi dir="auto">${medium.name}</bdi></span>
    <span class="quiet">${factsOf(medium)}</span>
    ${medium.createdAt && html`<time class="quiet" dateTime=${medium.createdAt} title=${exact(medium.createdAt, locale.value)}>
      ${relative(medium.createdAt, locale.value)}</time>`}
    ${reason && !isChosen && html`<span class="reason">${reason}</span>`}`;
  const isOff = Boolean(reason) && !isChosen;
  if (isMany) {
    return html`<li><label class="media-tile" data-chosen=${isChosen || null} data-off=${isOff || null}>
      <input type="checkbox" checked=${isChosen} disabled=${isOff} onChange=${onChoose} />${content}</label>
      ${isOff && mend(medium)}</li>`;
  }
  return html`<li><button type="button" class="media-tile" aria-pressed=${isChosen} data-chosen=${isChosen || null}
    aria-disabled=${isOff || null} onClick=${isOff ? null : onChoose}>${content}</button></li>`;
}

function pictureOf(medium) {
  if (medium.kind === "document" || medium.kind === "audio") return html`<${Icon} name="copy" />`;
  const partner = medium.partnerId ?? door.settings.value.partnerId;
  const second = medium.seconds ? Math.floor(Math.min(1, medium.seconds / 2)) : 0;
  return html`<img alt="" loading="lazy" src=${stillPath(partner, medium.id, { second, width: WIDTH })} />`;
}

function pixels(size) {
  return number(size, { useGrouping: false });
}

function factsOf({ kind, width, height }) {
  return html`${t(`media.kind.${kind}`)}${width && html` · <bdi dir="ltr">${pixels(width)} × ${pixels(height)}</bdi>`}`;
}

const NOTHING = { media: [], total: 0, isBusy: true, trouble: null };

/** What a search finds, the pages asked for so far; how to ask for one more; how to ask again. */
function useSearch(purpose, text, version) {
  const [wanted, setWanted] = useState({ text, page: 1, turn: 0 });
  const [found, setFound] = useState(NOTHING);
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return undefined;
    }
    const timer = setTimeout(() => setWanted(({ turn }) => ({ text, page: 1, turn: turn + 1 })), PAUSE);
    return () => clearTimeout(timer);
  }, [text, version]);
  useEffect(() => {
    const stop = new AbortController();
    setFound((before) => ({ ...(wanted.page > 1 ? before : { ...NOTHING, media: before.media }), isBusy: true, trouble: null }));
    load(purpose, wanted, stop.signal).then(
      ({ media, total }) => setFound((before) => ({
        media: wanted.page > 1 ? joined(before.media, media) : media, total, isBusy: false, trouble: null,
      })),
      (refusal) => stop.signal.aborted || setFound({ ...NOTHING, isBusy: false, trouble: refusalText(refusal) }),
    );
    return () => stop.abort();
  }, [purpose, wanted]);
  const more = () => setWanted({ ...wanted, page: wanted.page + 1 });
  const again = () => setWanted({ ...wanted, page: 1, turn: wanted.turn + 1 });
  return [found, more, again];
}

/** Add a page; what moved into it since the last one was asked for is there already. */
function joined(known, page) {
  const ids = new Set(known.map(({ id }) => id));
  return [...known, ...page.filter(({ id }) => !ids.has(id))];
}

async function load(purpose, { text, page }, signal) {
  const narrowing = door.settings.value.additionalEsearchFilters;
  const found = answer(await searched(question({ purpose, text, page, narrowing }), signal));
  const wantsCaptions = purpose === "captioned" || purpose === "source";
  if (!wantsCaptions || !found.media.length) return found;
  const told = answer(await searched(captionQuestion(found.media.map(({ id }) => id)), signal));
  return { ...found, media: withCaptions(found.media, told.media.map(({ id }) => id)) };
}

function searched(body, signal) {
  return api.service("elasticsearch_esearch", "searchEntry", body, { signal });
}
