// Addresses of films and stills: the API's own, which need no session.

const part = encodeURIComponent;

/** Return where an entry's file plays from, or is saved from with `format` "download". */
export function file(partner, entry, format = "url") {
  return `/p/${part(partner)}/sp/${part(partner)}00/playManifest/entryId/${part(entry)}/format/${format}`;
}

/** Return a still of an entry, `width` pixels wide. */
export function still(partner, entry, second, width) {
  return `/p/${part(partner)}/thumbnail/entry_id/${part(entry)}/vid_sec/${second}/width/${width}`;
}
