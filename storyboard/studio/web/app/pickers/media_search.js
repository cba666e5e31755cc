/**
 * Asks the account for media by eSearch (guide §11: the widget's picker does), and reads what it
 * answers. Knows no page.
 *
 * @typedef {"video" | "image" | "captioned" | "source" | "presentation"} Purpose
 * `video`: a clip. `image`: a background. `captioned`: what highlights are made of. `source`: what an
 * explainer is made of, documents too. `presentation`: documents alone.
 * @typedef {object} Medium
 * @property {string} id
 * @property {string} name
 * @property {"video" | "image" | "audio" | "document"} kind
 * @property {number} seconds 0 of what does not move
 * @property {number} width
 * @property {number} height
 * @property {number} partnerId
 * @property {string} createdAt ISO 8601, "" where it is not told
 * @property {boolean | null} hasCaptions null: not asked
 */

export const PAGE = 24;

const EXACT = 1;
const PARTIAL = 2;
const EXISTS = 4;
const AND = 1;
const OR = 2;
const KINDS = { 1: "video", 2: "image", 5: "audio" };
const DOCUMENT = "10";
const PURPOSES = {
  video: () => [item("media_type", "1")],
  image: () => [item("media_type", "2")],
  captioned: () => [item("media_type", "1")],
  presentation: () => [item("entry_type", DOCUMENT)],
  source: () => [joined(OR, [item("media_type", "1"), item("entry_type", DOCUMENT)])],
};

/** Searches are cut here: eSearch refuses longer ones. */
const MOST_LETTERS = 200;

/**
 * @param {{ purpose: Purpose, text?: string, page?: number, narrowing?: object | null }} wanted
 * `narrowing` is the host's `additionalEsearchFilters`
 * @returns {object} the body of `elasticsearch_esearch/searchEntry`
 */
export function question({ purpose, text = "", page = 1, narrowing = null }) {
  const words = text.trim().slice(0, MOST_LETTERS);
  const named = words ? [unified(words)] : [];
  return body([...PURPOSES[purpose](), ...named, ...(narrowing ? [narrowing] : [])], page);
}

/** @returns {object} the body that asks which of these media have captions */
export function captionQuestion(ids) {
  const caption = { objectType: "KalturaESearchCaptionItem", fieldName: "content", itemType: EXISTS };
  const asked = body([caption], 1, ids.length);
  return { ...asked, searchParams: { ...asked.searchParams, objectIds: ids.join(",") } };
}

/** @returns {{ media: Medium[], total: number }} */
export function answer({ objects, totalCount }) {
  return { media: (objects ?? []).map(({ object }) => mediumOf(object)), total: totalCount ?? 0 };
}

/** @returns {Medium} of an entry as the v3 services answer it */
export function mediumOf(entry) {
  return {
    id: entry.id,
    name: entry.name || entry.id,
    kind: KINDS[entry.mediaType] ?? "document",
    seconds: (entry.msDuration ?? (entry.duration ?? 0) * 1000) / 1000,
    width: entry.width ?? 0,
    height: entry.height ?? 0,
    partnerId: entry.partnerId,
    createdAt: entry.createdAt ? new Date(entry.createdAt * 1000).toISOString() : "",
    hasCaptions: null,
  };
}

/** @returns {Medium[]} the media, each knowing whether it is among those that have captions */
export function withCaptions(media, ids) {
  const known = new Set(ids);
  return media.map((medium) => ({ ...medium, hasCaptions: known.has(medium.id) }));
}

function body(items, page, size = PAGE) {
  return {
    searchParams: {
      objectType: "KalturaESearchEntryParams",
      searchOperator: joined(AND, items),
      orderBy: {
        objectType: "KalturaESearchOrderBy",
        orderItems: [{ objectType: "KalturaESearchEntryOrderByItem", sortField: "created_at", sortOrder: "desc" }],
      },
    },
    pager: { objectType: "KalturaPager", pageIndex: page, pageSize: size },
  };
}

function item(fieldName, searchTerm, itemType = EXACT) {
  return { objectType: "KalturaESearchEntryItem", fieldName, itemType, searchTerm };
}

function unified(searchTerm) {
  return { objectType: "KalturaESearchUnifiedItem", itemType: PARTIAL, searchTerm };
}

function joined(operator, searchItems) {
  return { objectType: "KalturaESearchEntryOperator", operator, searchItems };
}
