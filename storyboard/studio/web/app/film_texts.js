// The texts that a film has beside its picture: captions for a player, and chapters. Reads the API.

import { service } from "./api.js";

/** `KalturaCaptionType` of WebVTT: the only kind that browsers read. */
const WEBVTT = "3";
const READY = 2;

/** The label of the file that has a cue for each scene: it is no subtitle. */
const CHAPTERS = "Chapters";

/**
 * @typedef {{id: string, language: string, label: string, isChapters: boolean, file: Blob}} Track
 * @typedef {{captions: Track[], chapters: Track|null}} FilmTexts
 */

/**
 * Return an entry's captions and chapters, as WebVTT.
 * @param {string} entryId @param {AbortSignal} [stop] @returns {Promise<FilmTexts>}
 */
export async function filmTexts(entryId, stop) {
  const filter = { entryIdEqual: entryId };
  const { objects } = await service("caption_captionAsset", "list", { filter }, { signal: stop });
  const shown = objects.filter((asset) => String(asset.format) === WEBVTT && asset.status === READY);
  const tracks = await Promise.all(shown.map((asset) => track(asset, stop)));
  return {
    captions: tracks.filter(({ isChapters }) => !isChapters),
    chapters: tracks.find(({ isChapters }) => isChapters) ?? null,
  };
}

async function track(asset, stop) {
  const asked = { captionAssetId: asset.id };
  const file = await service("caption_captionAsset", "serve", asked, { signal: stop });
  return {
    id: asset.id,
    language: asset.languageCode ?? "",
    label: asset.language,
    isChapters: asset.label === CHAPTERS,
    file: new Blob([file], { type: "text/vtt" }),
  };
}
