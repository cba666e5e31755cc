/**
 * Buttons that speak: a presenter's voice, and a scene's narration as its film will have it. One sound
 * at a time in the whole interface.
 *
 * `h(ListenButton, { sound: sceneSound({ videoId, index, text, avatarId, beforePlay }), index, text })`
 */

import { html, useState } from "../../vendor/preact-htm-signals.js";
import * as api from "../api.js";
import { voicePath } from "../facts.js";
import { refusalText, t } from "../texts.js";
import { Button } from "../ui/button.js";
import { createDesk } from "./sound_desk.js";

/** The one place that sounds come from. */
export const desk = createDesk({ speaker: () => new Audio() });

/**
 * What the sound of a scene depends on: its words, who speaks them, and the video, whose narrations
 * together tell the language.
 *
 * @param {{ videoId: string, index: number, text: string, avatarId: string | null,
 *   beforePlay?: () => Promise<void> }} scene
 * @returns {{ key: string, load: () => Promise<Blob> }}
 */
export function sceneSound({ videoId, index, text, avatarId, beforePlay }) {
  return {
    key: JSON.stringify([videoId, avatarId, text.trim()]),
    async load() {
      await beforePlay?.();
      return api.call("video/previewAudio", { id: videoId, sceneId: index });
    },
  };
}

/**
 * @param {object} props
 * @param {{ key: string, load: () => Promise<Blob> }} props.sound such as `sceneSound` returns
 * @param {number} props.index of the scene, from 0
 * @param {string} props.text what the scene says at this moment
 */
export function ListenButton({ sound, index, text }) {
  const reason = text.trim() ? null : t("listen.empty");
  return html`<${SoundButton} sound=${sound} label=${t("listen.scene", { n: index + 1 })} reason=${reason} />`;
}

/** @param {{ templateId: string, name: string }} props */
export function VoiceButton({ templateId, name }) {
  const load = async () => {
    const reply = await fetch(voicePath(templateId), { credentials: "omit" });
    if (!reply.ok) throw new Error(t("listen.noVoice", { name }));
    return reply.blob();
  };
  const sound = { key: `voice ${templateId}`, load };
  return html`<${SoundButton} sound=${sound} label=${t("listen.voice", { name })} />`;
}

/**
 * Plays scenes one after another, or stops.
 *
 * @param {{ sounds: { key: string, load: () => Promise<Blob> }[], onNext?: (index: number) => void }} props
 * `onNext` is told which one comes
 */
export function PlayAllButton({ sounds, onNext }) {
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState(null);
  const run = async () => {
    if (isRunning) return desk.stop();
    setRunning(true);
    setError(null);
    try {
      await desk.playAll(sounds, onNext);
    } catch (trouble) {
      setError(refusalText(trouble));
    } finally {
      setRunning(false);
    }
  };
  return html`<${Button} icon=${isRunning ? "stop" : "play"} onClick=${run}
      reason=${sounds.length ? null : t("listen.empty.all")}>${t(isRunning ? "listen.stop" : "listen.all")}<//>
    ${error && html`<span class="error" role="alert">${error}</span>`}`;
}

/** A button that plays one sound, or stops it. */
function SoundButton({ sound, label, reason }) {
  const [error, setError] = useState(null);
  const now = desk.now.value;
  const state = now?.key === sound.key ? now.state : null;
  const press = async () => {
    setError(null);
    if (state) return desk.stop();
    try {
      await desk.play(sound.key, sound.load);
    } catch (trouble) {
      setError(refusalText(trouble));
    }
  };
  return html`<${Button} kind="bare" icon=${state ? "stop" : "listen"} reason=${reason} onClick=${press}
      data-state=${state} label=${state ? t(`listen.${state}`, { label }) : label} />
    ${error && html`<span class="error" role="alert">${error}</span>`}`;
}
