// Pictures of avatars, as the API draws them: each once, one after another, and not before it is seen.

import { html, useEffect, useRef, useState } from "../../vendor/preact-htm-signals.js";
import { call } from "../api.js";

/** @type {Map<string, Promise<string>>} */
const drawn = new Map();
let drawing = Promise.resolve();

/** Return the address of an avatar's picture, which lives as long as the page. */
function portraitOf(avatarId) {
  if (!drawn.has(avatarId)) {
    const picture = drawing.then(async () => URL.createObjectURL(await call("avatar/preview", { id: avatarId })));
    drawing = picture.catch(() => drawn.delete(avatarId));
    drawn.set(avatarId, picture);
  }
  return drawn.get(avatarId);
}

/** @param {{avatarId: string, onGone: () => void}} props `onGone`: there is no such picture */
export function Portrait({ avatarId, onGone }) {
  const image = useRef(null);
  const [source, setSource] = useState(null);
  useEffect(() => {
    let isOver = false;
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      watch.disconnect();
      portraitOf(avatarId).then((found) => isOver || setSource(found), () => isOver || onGone());
    });
    watch.observe(image.current);
    return () => {
      isOver = true;
      watch.disconnect();
    };
  }, [avatarId]);
  return html`<img class="portrait" alt="" ref=${image} src=${source} onError=${source && onGone} />`;
}
