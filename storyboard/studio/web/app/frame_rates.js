// At which rate the file of an entry runs. Reads the API.

import { service } from "./api.js";

/**
 * Return how many frames a second an entry has, 0 or nothing if it does not move.
 * @param {string} entryId @returns {Promise<number | undefined>}
 */
export async function frameRateOf(entryId) {
  const { objects } = await service("flavorAsset", "list", { filter: { entryIdEqual: entryId } });
  return (objects.find(({ isOriginal }) => isOriginal) ?? objects[0])?.frameRate;
}
