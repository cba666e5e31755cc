// Line icons, drawn on 24 × 24; decoration only: whatever shows one has words for it.

import { html } from "../../vendor/preact-htm-signals.js";

const PATHS = {
  add: "M12 5v14M5 12h14",
  back: "M15 5l-7 7 7 7",
  check: "M5 12.5l4.5 4.5L19 7.5",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h10v11H9zM5 15V4h10",
  down: "M6 9.5l6 6 6-6",
  download: "M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 20h14",
  drag: "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
  edit: "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM14 6.5l3.5 3.5",
  film: "M4 5h16v14H4zM10 9.2v5.6l5-2.8z",
  image: "M4 5h16v14H4zM4 16l4.5-4.5 4 4 3-3L20 17M15.5 9h.01",
  listen: "M5 10v4h3l4 3.5v-11L8 10zM15.5 9.5a4 4 0 010 5M18 7a7.5 7.5 0 010 10",
  more: "M12 5.5h.01M12 12h.01M12 18.5h.01",
  play: "M7.5 5v14l11-7z",
  redo: "M19 9h-8a5.5 5.5 0 000 11h3M15 5l4 4-4 4",
  search: "M10.5 17a6.5 6.5 0 110-13 6.5 6.5 0 010 13zM15.5 15.5L20 20",
  share: "M12 15V4M8 7.5L12 4l4 3.5M6 12v8h12v-8",
  stop: "M7 7h10v10H7z",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  undo: "M5 9h8a5.5 5.5 0 010 11h-3M9 5L5 9l4 4",
  up: "M6 14.5l6-6 6 6",
  upload: "M12 15V4M7.5 8.5L12 4l4.5 4.5M5 20h14",
  warn: "M12 4.5l9 15.5H3zM12 10v5M12 17.5h.01",
};

/** @param {{name: keyof PATHS}} props */
export function Icon({ name }) {
  return html`<svg class="icon" data-icon=${name} viewBox="0 0 24 24" aria-hidden="true" fill="none"
    stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"
    ><path d=${PATHS[name]} /></svg>`;
}
