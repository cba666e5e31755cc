// A film with its captions on, and its chapters as a list that leads into it.

import { html, useEffect, useRef, useState } from "../../vendor/preact-htm-signals.js";
import { filmTexts } from "../film_texts.js";
import { filmPath, stillPath } from "../media_paths.js";
import { directionOf } from "../text_direction.js";
import { t } from "../texts.js";
import { clock } from "./time.js";
import { Trouble } from "./trouble.js";

const NONE = Object.freeze({ captions: [], chapters: [] });

/**
 * @param {{partnerId: number, entryId: string, label: string, plays?: boolean}} props
 *   `plays` begins at once, if the browser lets it
 */
export function Player({ partnerId, entryId, label, plays = false }) {
  const video = useRef(null);
  const [texts, isMissing] = useTexts(entryId);
  const { chapters } = texts;
  const direction = directionOf(chapters.map(({ title }) => title));
  const [isFailed, setFailed] = useState(false);
  const again = () => {
    setFailed(false);
    video.current.load();
  };
  const at = useChapterAt(video, chapters);
  const seek = (start) => {
    video.current.currentTime = start;
    video.current.play().catch(() => {});
  };
  return html`<div class="player">
    <video ref=${video} controls playsinline preload="metadata" autoplay=${plays} data-first=${plays || null} aria-label=${label}
      src=${filmPath(partnerId, entryId)} poster=${stillPath(partnerId, entryId, { width: 1280 })}
      onError=${() => setFailed(true)} onLoadedMetadata=${() => setFailed(false)}>
      ${texts.captions.map((track, index) => html`<track key=${track.id} kind="captions" src=${track.source}
        label=${track.label} srclang=${track.language} default=${index === 0} />`)}
    </video>
    ${isFailed && html`<${Trouble} text=${t("player.failed")} again=${again} />`}
    ${isMissing && html`<p class="quiet" role="status">${t("player.noCaptions")}</p>`}
    ${chapters.length > 1 && html`<nav class="chapters" aria-label=${t("player.chapters")}><ol>
      ${chapters.map((chapter, index) => html`<li key=${chapter.start}>
        <button type="button" aria-current=${index === at ? "true" : null} onClick=${() => seek(chapter.start)}>
          <span class="at">${clock(chapter.start)}</span> <bdi dir=${direction}>${chapter.title}</bdi>
        </button></li>`)}
    </ol></nav>`}
  </div>`;
}

/** Load an entry's texts, and whether that failed. */
function useTexts(entryId) {
  const [texts, setTexts] = useState(NONE);
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    setTexts(NONE);
    setMissing(false);
    filmTexts(entryId, stop.signal).then(
      (found) => stop.signal.aborted || setTexts(found),
      () => stop.signal.aborted || setMissing(true),
    );
    return () => stop.abort();
  }, [entryId]);
  return [texts, isMissing];
}

/** Follow which of the chapters is played. */
function useChapterAt(video, chapters) {
  const [at, setAt] = useState(-1);
  useEffect(() => {
    const player = video.current;
    const follow = () => setAt(chapters.findLastIndex(({ start }) => start <= player.currentTime));
    player.addEventListener("timeupdate", follow);
    follow();
    return () => player.removeEventListener("timeupdate", follow);
  }, [chapters]);
  return at;
}
