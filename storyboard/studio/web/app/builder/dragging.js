// Moves a card by a pointer: mouse, pen or finger. The list stays as it is while a card is dragged; a line
// shows where it would go. Escape leaves everything where it was.

import { useEffect, useRef, useState } from "../../vendor/preact-htm-signals.js";
import { dropIndex } from "./scenes.js";

/** Pixels from an edge of the window at which it scrolls, and how far each time. */
const EDGE = 60;
const STEP = 12;

/**
 * @param {{ current: HTMLElement | null }} list its children are the cards, each with `data-key`
 * @param {(key: number, index: number) => void} onDrop `index` is counted without the card
 * @returns {{ start: (event: PointerEvent, key: number) => void, key: number | null, index: number | null,
 *   offset: number }} `index` where it would go now, `offset` how far it was dragged
 */
export function useDrag(list, onDrop) {
  const [state, setState] = useState(null);
  const stop = useRef(() => {});
  useEffect(() => () => stop.current(), []);

  function start(event, key) {
    if (event.button) return;
    event.preventDefault();
    event.currentTarget.focus({ preventScroll: true });
    const grip = event.currentTarget;
    const first = event.clientY + scrollY;
    const { top, height } = grip.closest("[data-key]").getBoundingClientRect();
    const before = top + scrollY;
    let latest = event.clientY;
    let index = null;
    const update = () => {
      const cards = [...list.current.children];
      const own = cards.find((card) => Number(card.dataset.key) === key);
      const boxes = cards.filter((card) => card !== own).map((card) => card.getBoundingClientRect());
      const offset = latest + scrollY - first;
      const edge = before + offset - scrollY + (offset > 0 ? height : 0); // the one that goes ahead
      index = dropIndex(boxes, edge);
      setState({ key, index, offset });
    };
    const move = (moved) => {
      latest = moved.clientY;
      update();
    };
    const scroll = setInterval(() => {
      const by = latest < EDGE ? -STEP : latest > innerHeight - EDGE ? STEP : 0;
      if (by) scrollBy(0, by), update();
    }, 16);
    const end = (isDone) => {
      stop.current = () => {};
      clearInterval(scroll);
      grip.removeEventListener("pointermove", move);
      grip.removeEventListener("pointerup", drop);
      document.removeEventListener("lostpointercapture", cancel);
      removeEventListener("keydown", escape, true);
      setState(null);
      if (isDone && index !== null) onDrop(key, index);
    };
    const drop = () => end(true);
    const cancel = () => end(false);
    const escape = (pressed) => {
      if (pressed.key !== "Escape") return;
      pressed.stopPropagation();
      end(false);
    };
    stop.current();
    stop.current = cancel;
    grip.setPointerCapture(event.pointerId);
    grip.addEventListener("pointermove", move);
    grip.addEventListener("pointerup", drop);
    // Also where the grip goes while it is held, as when the video is locked: the page is told, and not the grip.
    document.addEventListener("lostpointercapture", cancel);
    addEventListener("keydown", escape, true);
  }

  return { start, key: state?.key ?? null, index: state?.index ?? null, offset: state?.offset ?? 0 };
}
