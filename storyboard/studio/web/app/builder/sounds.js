// What a scene sounds like, and how long that is: heard once, a length is known and no longer reckoned.

import { sceneSound } from "../pickers/listen_button.js";
import { t } from "../texts.js";
import { indexOf } from "./scenes.js";

/**
 * Return the sound of a scene for the one desk that plays sounds.
 * @param {import("./builder.js").Desk} desk @param {number} index @param {() => Promise<void>} save
 */
export function soundOf(desk, index, save) {
  const { said, id } = desk.editor;
  const { scenes, avatarId } = said.value;
  const { key, text, avatarId: own } = scenes[index];
  const presenter = own ?? avatarId;
  const soundAt = (place) => sceneSound({ videoId: id, index: place, text, avatarId: presenter });
  return {
    ...soundAt(index),
    async load() {
      await save();
      // The API speaks what a place says now: scenes may have moved, and one may say something else.
      const now = said.peek();
      const place = indexOf(now.scenes, key);
      const scene = now.scenes[place];
      if (scene?.text !== text || (scene.avatarId ?? now.avatarId) !== presenter) throw new Error(t("listen.changed"));
      const blob = await soundAt(place).load();
      void secondsOf(blob).then((seconds) => seconds && desk.lengths.hear(text, presenter, seconds));
      return blob;
    },
  };
}

/** @returns {Promise<number>} how long a sound is; 0 for one that cannot be played */
function secondsOf(blob) {
  return new Promise((resolve) => {
    const sound = new Audio();
    const address = URL.createObjectURL(blob);
    const end = (seconds) => {
      URL.revokeObjectURL(address);
      resolve(Number.isFinite(seconds) ? seconds : 0);
    };
    sound.addEventListener("loadedmetadata", () => end(sound.duration));
    sound.addEventListener("error", () => end(0));
    sound.preload = "metadata";
    sound.src = address;
  });
}
