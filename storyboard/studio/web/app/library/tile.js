// One video in the library: its picture, name, state, and what can be done with it.

import { html, useId, useState } from "../../vendor/preact-htm-signals.js";
import { stillPath } from "../media_paths.js";
import { filmOf, isMaking, statusText, tone } from "../statuses.js";
import { locale, t } from "../texts.js";
import { Chip } from "../ui/chip.js";
import { Icon } from "../ui/icon.js";
import { Menu } from "../ui/menu.js";
import { Progress } from "../ui/progress.js";
import { exact, relative } from "../ui/time.js";
import { Portrait } from "./portrait.js";

/**
 * @param {{video: import("./shelf.js").Video, now: number, actions: object}} props `now` in
 *   milliseconds; `actions` as of video_actions.js
 */
export function Tile({ video, now, actions }) {
  const id = useId();
  const state = statusText(video.status);
  return html`<li class="tile" data-id=${video.id}>
    <${Picture} video=${video} />
    <div class="tile-text">
      <h2><button type="button" class="tile-name" aria-describedby=${id} onClick=${() => actions.open(video)}>
        <bdi dir="auto">${video.name}</bdi></button></h2>
      <p class="tile-state" id=${id}><${Chip} tone=${tone(video.status)}>${state}<//>${" "}
        <time dateTime=${video.updatedAt} title=${exact(video.updatedAt, locale.value)}>
          ${relative(video.updatedAt, locale.value, now)}</time></p>
      ${isMaking(video) && html`<${Progress} label=${`${state}: ${video.name}`} />`}
    </div>
    <${Menu} label=${t("tile.actions", { name: video.name })} items=${actions.menu(video)} />
  </li>`;
}

/** A still of the film, else the presenter, else only that it is a video. */
function Picture({ video }) {
  const [missing, setMissing] = useState(null);
  const film = filmOf(video);
  const of = film ?? video.avatarId;
  const gone = () => setMissing(of);
  return html`<div class="picture" data-film=${Boolean(film)}>
    ${!of || missing === of ? html`<${Icon} name="film" />`
      : film ? html`<img key=${film} src=${stillPath(video.partnerId, film, { width: 640 })} alt="" loading="lazy"
          onError=${gone} />`
      : html`<${Portrait} key=${of} avatarId=${of} onGone=${gone} />`}
    ${film && html`<span class="picture-play"><${Icon} name="play" /></span>`}
  </div>`;
}
