/**
 * What the studio offers and allows, asked once: backgrounds of the library, limits, behaviors.
 *
 * @typedef {object} Facts
 * @property {string[]} backgrounds ids of the library's pictures
 * @property {string} defaultTemplate
 * @property {string} defaultColor
 * @property {number[]} frameRates of clips that can be filmed
 * @property {Record<string, number>} limits
 * @property {Record<string, string>} behavior switches of the contract
 */

import { own } from "./api.js";

const PATH = "/v1/studio/";

let asked = null;

/** @returns {Promise<Facts>} a failure is asked again by the next call */
export function facts() {
  asked ??= own("facts.json").catch((trouble) => {
    asked = null;
    throw trouble;
  });
  return asked;
}

/** @returns {string} where a presenter's picture is, on nothing */
export function presenterPath(templateId) {
  return `${PATH}templates/${encodeURIComponent(templateId)}.png`;
}

/** @returns {string} where a presenter says hello */
export function voicePath(templateId) {
  return `${PATH}templates/${encodeURIComponent(templateId)}.mp3`;
}

/** @returns {string} where a picture of the library is */
export function backgroundPath(id) {
  return `${PATH}backgrounds/${encodeURIComponent(id)}.jpg`;
}
