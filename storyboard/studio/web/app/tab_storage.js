// What a tab keeps through a reload. Where the browser forbids storage, or has no room left, it is kept for as
// long as the page lives. Knows what a browser's storage is, not what is kept.

/** @param {() => Storage} find where it is kept: to ask for it is an error in itself where it is forbidden */
export function createTabStorage(find = () => sessionStorage) {
  const here = new Map();
  const attempt = (act) => {
    try {
      return act(find());
    } catch {
      return undefined;
    }
  };
  return {
    /** @param {string} name @returns {string | null} */
    getItem: (name) => here.get(name) ?? attempt((storage) => storage.getItem(name)) ?? null,

    /** @param {string} name @param {string} text @returns {boolean} whether a reload finds it */
    setItem(name, text) {
      here.delete(name);
      const isKept = attempt((storage) => storage.setItem(name, text) === undefined) === true;
      if (!isKept) here.set(name, text);
      return isKept;
    },

    /** @param {string} name */
    removeItem(name) {
      here.delete(name);
      attempt((storage) => storage.removeItem(name));
    },
  };
}

/** The storage of this tab. */
export const tabStorage = createTabStorage();
