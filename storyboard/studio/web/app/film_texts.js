// The texts that a film has beside its picture: captions for a player, and chapters. Reads the API.

import { service } from "./api.js";

/** `KalturaCaptionType` of WebVTT: the only kind that browsers read. */
const WEBVTT = "3";

/** The one of SRT, which all editors and players take. */
const SRT = "1";
const READY = 2;

/** Chapters are cue points at Kaltura, and no captions. */
const CHAPTERS = { cuePointTypeEqual: "thumbCuePoint.Thumb", subTypeEqual: 2 };

/**
 * @typedef {{id: string, language: string, label: string, source: string}} Track
 * @typedef {{start: number, title: string}} Chapter with its start in seconds
 * @typedef {{captions: Track[], chapters: Chapter[]}} FilmTexts
 */

/**
 * Return an entry's captions, as WebVTT whose `source` is what a `<track>` reads, and its chapters.
 * @param {string} entryId @param {AbortSignal} [stop] @returns {Promise<FilmTexts>}
 */
export async function filmTexts(entryId, stop) {
  const shown = await assetsOf(entryId, WEBVTT, stop);
  const [chapters, ...captions] = await Promise.all([
    chaptersOf(entryId, stop),
    ...shown.map((asset) => track(asset, stop)),
  ]);
  return { captions, chapters };
}

/**
 * Return an entry's captions as an SRT file, null if it has none.
 * @param {string} entryId @returns {Promise<Blob | null>}
 */
export async function captionFile(entryId) {
  const [asset] = await assetsOf(entryId, SRT);
  return asset ? service("caption_captionAsset", "serve", { captionAssetId: asset.id }) : null;
}

async function assetsOf(entryId, format, stop) {
  const filter = { entryIdEqual: entryId };
  const { objects } = await service("caption_captionAsset", "list", { filter }, { signal: stop });
  return objects.filter((asset) => String(asset.format) === format && asset.status === READY);
}

async function chaptersOf(entryId, stop) {
  const filter = { entryIdEqual: entryId, ...CHAPTERS };
  const { objects } = await service("cuePoint_cuePoint", "list", { filter }, { signal: stop });
  return objects.map(({ startTime, title }) => ({ start: startTime / 1000, title }));
}

async function track(asset, stop) {
  const asked = { captionAssetId: asset.id };
  const file = await service("caption_captionAsset", "serve", asked, { signal: stop });
  return {
    id: asset.id,
    language: asset.languageCode ?? "",
    label: asset.language,
    source: await sourceOf(asset.id, file),
  };
}

/** @type {Map<string, {text: string, source: string}>} */
const known = new Map();

/**
 * Return an address of a text. It lives as long as the page: a `<track>` may load at any time, even
 * when its player has gone, and complains of an address that has not waited.
 */
async function sourceOf(id, file) {
  const text = await file.text();
  if (known.get(id)?.text !== text) {
    known.set(id, { text, source: URL.createObjectURL(new Blob([text], { type: "text/vtt" })) });
  }
  return known.get(id).source;
}
