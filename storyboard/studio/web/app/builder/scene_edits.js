// What a person can do to the list of scenes, each said to who does not see it.

import * as scenes from "./scenes.js";

/**
 * @param {object} given
 * @param {() => import("./scenes.js").Scene[]} given.own the scenes by now
 * @param {(scenes: import("./scenes.js").Scene[], group?: string) => boolean} given.edit takes others in
 *   their place; false: they are locked, or the editor was left
 * @param {import("../../vendor/preact-htm-signals.js").Signal<number | null>} given.selected the key of one
 * @param {() => number} given.nextKey
 * @param {number} given.most
 * @param {(key: string, values?: object) => void} given.announce
 */
export function createSceneEdits({ own, edit, selected, nextKey, most, announce }) {
  function insert(index, scene, told) {
    if (own().length >= most || !edit(scenes.inserted(own(), index, scene, most))) return;
    selected.value = scene.key;
    announce(told, { n: index + 1, of: own().length });
  }

  return {
    /**
     * Change fields of a scene. Changes of one `group` that follow each other are undone as one.
     * @returns {boolean} false: the scene is gone, or takes no change
     */
    change(key, fields, group = "") {
      return scenes.indexOf(own(), key) >= 0 && edit(scenes.changed(own(), key, fields), group);
    },

    /** Add a scene below that of a key, or at the end; it is selected. */
    add(below = null) {
      const index = below === null ? own().length : scenes.indexOf(own(), below) + 1;
      insert(index, scenes.emptyScene(nextKey()), "builder.added");
    },

    duplicate(key) {
      const index = scenes.indexOf(own(), key);
      insert(index + 1, { ...own()[index], key: nextKey() }, "builder.duplicated");
    },

    remove(key) {
      const index = scenes.indexOf(own(), key);
      const next = scenes.neighbor(own(), key);
      if (!edit(scenes.removed(own(), key))) return;
      selected.value = next;
      announce("builder.removed", { n: index + 1 });
    },

    /** Put a scene at an index, counted without it. */
    move(key, index) {
      const from = scenes.indexOf(own(), key);
      if (!edit(scenes.moved(own(), key, index))) return;
      const to = scenes.indexOf(own(), key);
      if (to !== from) announce("builder.moved", { n: from + 1, to: to + 1, of: own().length });
    },
  };
}
