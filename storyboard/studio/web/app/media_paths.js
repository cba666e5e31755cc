// Addresses of films and stills, for the console too: paths that Kaltura has. The studio asks no session
// for them, so that none is ever written into an address.

const part = encodeURIComponent;

/**
 * Return where an entry's file plays from, or is saved from with `format` "download".
 * @param {number} partner @param {string} entry @param {"url"|"download"} [format]
 */
export function filmPath(partner, entry, format = "url") {
  return `/p/${part(partner)}/sp/${part(partner)}00/playManifest/entryId/${part(entry)}/format/${format}`;
}

/**
 * Return where a still of an entry is, `width` pixels wide.
 * @param {number} partner @param {string} entry @param {{second?: number, width: number}} shape
 */
export function stillPath(partner, entry, { second = 0, width }) {
  return `/p/${part(partner)}/thumbnail/entry_id/${part(entry)}/vid_sec/${second}/width/${width}`;
}

/** Return where a slide of a presentation is, by its number from 0. */
export function slidePath(entry, index) {
  return `/v1/studio/slides/${part(entry)}/${index}.png`;
}
