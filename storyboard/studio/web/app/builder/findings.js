// What to look at in a video before its film is made: what speaks against it, and what probably will.
// Knows no page.

import { characters } from "../plain_text.js";
import { reasons } from "../pickers/generation.js";
import { overrun } from "../pickers/ranges.js";
import { BROLL, isSlide } from "./scenes.js";

/**
 * @typedef {{ code: string, scene?: number, seconds?: number, rate?: number, count?: number,
 *   isGuess?: boolean }} Finding `isGuess`: it rests on a length that nobody heard yet
 */

/**
 * @param {import("./content.js").Said} said
 * @param {object[]} wire its scenes as the API takes them
 * @param {object} facts
 * @param {{ lengths: (import("./lengths.js").Length | null)[], clips: Record<string, { seconds: number }> }} known
 * @returns {Finding[]}
 */
export function findings({ name, avatarId, scenes }, wire, facts, known) {
  const found = name.trim() ? [] : [{ code: "name" }];
  found.push(...reasons({ status: "draft", avatarId, scenes: wire }, facts, known));
  scenes.forEach((scene, index) => {
    for (const each of guesses(scene, known.lengths[index], known.clips, facts)) {
      found.push({ ...each, scene: index + 1 });
    }
  });
  return found;
}

function guesses({ text, layoutType, broll }, length, clips, { limits, behavior }) {
  if (characters(text) > limits.narration) return [{ code: "long", count: limits.narration }];
  if (!length || length.isMeasured) return [];
  const found = [];
  if (length.seconds < limits.speechSeconds) {
    found.push({ code: "short", seconds: limits.speechSeconds, isGuess: true });
  }
  const clip = layoutType === BROLL && broll && !isSlide(broll) && clips[broll.entryId];
  const over = clip && !clip.isMissing ? overrun(broll.startTime, length.seconds, clip.seconds) : 0;
  if (over && behavior.broll_overrun === "fail") found.push({ code: "overrun", seconds: over, isGuess: true });
  return found;
}
