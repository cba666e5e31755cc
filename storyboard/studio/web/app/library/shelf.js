// The videos that the library has loaded, newest change first: a value, and what replies make of it.

import { hasWords } from "../search_words.js";

/** How many videos a page has. */
export const PAGE = 24;

/**
 * @typedef {object} Video a video as the API answers it
 * @property {string} id
 * @property {string} name
 * @property {string} status
 * @property {string} updatedAt
 *
 * @typedef {object} Shelf
 * @property {Video[]} videos what is loaded, from the newest change without a gap
 * @property {number|null} total how many there are, `null` before the first reply
 *
 * @typedef {{objects: Video[], totalCount: number}} Reply
 */

/** @type {Shelf} */
export const UNKNOWN = Object.freeze({ videos: [], total: null });

/**
 * Take the first page anew. What it leaves out of its stretch of time was deleted elsewhere; where it
 * shares nothing with what was loaded, more happened than fits a page, and loading begins again.
 * @param {Shelf} shelf @param {Reply} reply @returns {Shelf}
 */
export function withNewest(shelf, { objects, totalCount }) {
  if (objects.length >= totalCount) return { videos: objects, total: totalCount };
  const known = ids(shelf.videos);
  if (!objects.some((video) => known.has(video.id))) return { videos: objects, total: totalCount };
  const oldest = moment(objects.at(-1));
  const told = ids(objects);
  const older = shelf.videos.filter((video) => !told.has(video.id) && moment(video) <= oldest);
  return { videos: [...objects, ...older], total: totalCount };
}

/**
 * Add the page that begins behind the last video. Videos that moved up meanwhile come twice: the newer
 * reply counts.
 * @param {Shelf} shelf @param {Reply} reply @returns {Shelf}
 */
export function withNext(shelf, { objects, totalCount }) {
  const told = ids(objects);
  const before = shelf.videos.filter((video) => !told.has(video.id));
  return { videos: [...before, ...objects].sort(byChange), total: totalCount };
}

/**
 * Take one video anew, or a new one.
 * @param {Shelf} shelf @param {Video} video @returns {Shelf}
 */
export function withVideo(shelf, video) {
  const others = shelf.videos.filter((other) => other.id !== video.id);
  const isNew = others.length === shelf.videos.length;
  return { videos: [video, ...others].sort(byChange), total: (shelf.total ?? 0) + (isNew ? 1 : 0) };
}

/**
 * Forget a video that was deleted.
 * @param {Shelf} shelf @param {string} id @returns {Shelf}
 */
export function without(shelf, id) {
  const videos = shelf.videos.filter((video) => video.id !== id);
  return { videos, total: (shelf.total ?? 0) - (shelf.videos.length - videos.length) };
}

/** Return whether there are videos that are not loaded. */
export function hasMore(shelf) {
  return shelf.total !== null && shelf.videos.length < shelf.total;
}

/**
 * Return the loaded videos with all words of a search in their names, in whatever case or order.
 * @param {Shelf} shelf @param {string} search @returns {Video[]}
 */
export function matching(shelf, search) {
  return shelf.videos.filter((video) => hasWords(video.name, search));
}

function ids(videos) {
  return new Set(videos.map((video) => video.id));
}

function moment(video) {
  return Date.parse(video.updatedAt);
}

function byChange(one, other) {
  return moment(other) - moment(one);
}
