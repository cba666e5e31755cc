/**
 * Chooses where in its clip a scene begins: a range whose length is the narration's, over stills of the
 * clip. By pointer, by keys, by typing a time.
 *
 * `h(InPoint, { clip, start, length, isMeasured, onChange, onDone })`
 */

import { html, useEffect, useMemo, useRef, useState } from "../../vendor/preact-htm-signals.js";
import { door } from "../door.js";
import { filmPath, stillPath } from "../media_paths.js";
import { number, t } from "../texts.js";
import { Button } from "../ui/button.js";
import { Field } from "../ui/field.js";
import { clamped, dragged, latest, moved, outcome, overrun, read, stills, written } from "./ranges.js";

const STILLS = 10;
const WIDTH = 160;

/**
 * @param {object} props
 * @param {{ id: string, name: string, seconds: number, partnerId?: number }} props.clip
 * @param {number} props.start seconds
 * @param {number} props.length seconds of the narration; 0: nothing is said yet
 * @param {boolean} props.isMeasured the length is heard, not reckoned
 * @param {"fail" | "hold-last-frame" | "loop"} props.rule the switch `broll_overrun`
 * @param {boolean} [props.isLocked] it can be looked at only
 * @param {(start: number) => void} props.onChange
 */
export function InPoint({ clip, start, length, isMeasured, rule, isLocked = false, onChange }) {
  const partner = clip.partnerId ?? door.settings.value.partnerId;
  const over = overrun(start, length, clip.seconds);
  const set = (seconds) => isLocked || seconds === start || onChange(seconds);
  return html`<section class="in-point" aria-label=${t("inPoint.of", { name: clip.name })}>
    <${Stretch} clip=${clip} partner=${partner} start=${start} length=${length} />
    <${Strip} clip=${clip} partner=${partner} start=${start} length=${length} isLocked=${isLocked} isOver=${over > 0} onChange=${set} />
    <div class="in-point-foot">
      <${Moment} clip=${clip} start=${start} length=${length} isLocked=${isLocked} onChange=${set} />
      <p class="quiet">${t(isMeasured ? "inPoint.length" : "inPoint.length.reckoned", {
        length: written(length), clip: written(clip.seconds),
      })}</p>
    </div>
    <p class="in-point-told" data-outcome=${outcome(start, length, clip.seconds, rule)} role="status">
      ${over > 0 && t(`inPoint.over.${rule}`, { seconds: number(over, { minimumFractionDigits: 1 }) })}</p>
  </section>`;
}

/** The clip itself, which plays the stretch and no more. */
function Stretch({ clip, partner, start, length }) {
  const video = useRef(null);
  const [isPlaying, setPlaying] = useState(false);
  // Where it begins is said once: with another address the browser would load the clip anew at each step.
  const source = useMemo(() => `${filmPath(partner, clip.id)}#t=${start}`, [partner, clip.id]);
  const end = Math.min(clip.seconds, start + length);
  useEffect(() => {
    video.current.pause();
    video.current.currentTime = start;
  }, [clip.id, start]);
  const watch = () => {
    if (length && video.current?.currentTime >= end) video.current.pause(); // it may be gone by then
  };
  const press = () => {
    if (isPlaying) return video.current.pause();
    video.current.currentTime = start;
    video.current.play().catch(() => {});
  };
  return html`<div class="stretch">
    <video ref=${video} src=${source} muted playsinline preload="metadata" aria-label=${clip.name}
      onTimeUpdate=${watch} onPlay=${() => setPlaying(true)} onPause=${() => setPlaying(false)} />
    <${Button} icon=${isPlaying ? "stop" : "play"} onClick=${press}>${t(isPlaying ? "inPoint.stop" : "inPoint.play")}<//>
  </div>`;
}

/** Time runs from left to right here, whatever the language does, as it does in players. */
function Strip({ clip, partner, start, length, isLocked, isOver, onChange }) {
  const strip = useRef(null);
  const grip = useRef(null);
  const share = (event) => {
    const { left, width } = strip.current.getBoundingClientRect();
    return (event.clientX - left) / width;
  };
  const take = (event) => {
    if (isLocked || event.button) return;
    event.preventDefault();
    strip.current.setPointerCapture(event.pointerId);
    strip.current.querySelector("[role=slider]").focus();
    const held = share(event) * clip.seconds - start;
    // A press beside the range brings its middle there.
    grip.current = held >= 0 && held <= length ? held : length / 2;
    pull(event);
  };
  const pull = (event) => {
    if (grip.current === null) return;
    onChange(dragged(share(event), grip.current, length, clip.seconds));
  };
  const leave = () => {
    grip.current = null;
  };
  const press = (event) => {
    const to = event.altKey || event.ctrlKey || event.metaKey ? null : moved(event, start, length, clip.seconds);
    if (to === null) return;
    event.preventDefault();
    onChange(to);
  };
  const percent = (seconds) => `${(100 * Math.min(Math.max(0, seconds), clip.seconds)) / (clip.seconds || 1)}%`;
  return html`<div class="strip" dir="ltr" ref=${strip} data-locked=${isLocked || null} onPointerDown=${take}
      onPointerMove=${pull} onPointerUp=${leave} onPointerCancel=${leave}>
    <div class="strip-stills" aria-hidden="true">${stills(clip.seconds, STILLS).map((second, index) => html`
      <img key=${index} alt="" draggable=${false} src=${stillPath(partner, clip.id, { second, width: WIDTH })} />`)}</div>
    <div class="strip-range" role="slider" tabindex="0" data-over=${isOver || null}
      aria-label=${t("inPoint.start")} aria-valuemin="0" aria-valuemax=${Math.max(start, latest(length, clip.seconds))}
      aria-valuenow=${start} aria-valuetext=${t("inPoint.value", { start: written(start), end: written(start + length) })}
      aria-disabled=${isLocked || null} onKeyDown=${press}
      style=${{ left: percent(start), width: `max(6px, ${percent(Math.min(length, clip.seconds - start))})` }} />
  </div>`;
}

function Moment({ clip, start, length, isLocked, onChange }) {
  const [text, setText] = useState(null); // while it is typed
  const typed = text === null ? start : read(text);
  const keep = () => {
    setText(null);
    if (typed !== null) onChange(clamped(typed, length, clip.seconds));
  };
  return html`<${Field} label=${t("inPoint.start")} error=${typed === null ? t("inPoint.wrong") : null}>
    <input type="text" dir="ltr" inputmode="decimal" autocomplete="off" spellcheck="false" readonly=${isLocked}
      value=${text ?? written(start)} onInput=${(event) => setText(event.target.value)} onBlur=${() => text !== null && keep()}
      onKeyDown=${(event) => event.key === "Enter" && text !== null && keep()} /><//>`;
}
