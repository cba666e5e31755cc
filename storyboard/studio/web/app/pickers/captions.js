/** Gives a video of the account captions from a file. Knows no page; what sends is handed in. */

/** What a file may be called (Kaltura's formats SRT and WebVTT); its content is looked at by the studio. */
const FORMATS = { srt: "1", vtt: "3" };

/** Characters that a label has at most. */
const LABEL = 200;

export const ACCEPTED = Object.keys(FORMATS).map((suffix) => `.${suffix}`).join();

/** The file is no text that can be read. */
export class NoText extends Error {}

/**
 * Add a file as captions of an entry; nothing is left of it where it is refused.
 * @param {(service: string, action: string, body: object, options?: object) => Promise<any>} service
 * @param {string} entryId @param {File} file
 */
export async function addCaptions(service, entryId, file) {
  const content = await textOf(file);
  const format = FORMATS[file.name.split(".").pop().toLowerCase()] ?? FORMATS.srt;
  const captionAsset = { objectType: "KalturaCaptionAsset", label: [...file.name].slice(0, LABEL).join(""), format };
  const asset = await service("caption_captionAsset", "add", { entryId, captionAsset });
  const contentResource = { objectType: "KalturaStringResource", content };
  try {
    await service("caption_captionAsset", "setContent", { id: asset.id, contentResource });
  } catch (trouble) {
    await service("caption_captionAsset", "delete", { captionAssetId: asset.id }).catch(() => {});
    throw trouble;
  }
}

/** Read a text in UTF-8, or in UTF-16 with a mark, as the command line does. */
async function textOf(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const encoding = { "255,254": "utf-16le", "254,255": "utf-16be" }[bytes.slice(0, 2)] ?? "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new NoText(file.name);
  }
}
