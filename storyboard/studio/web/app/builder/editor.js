// One video while it is edited: what it says, what was done to it, what is saved. Owns the edits until the
// studio has them; an answer of the studio never replaces them. Draws nothing.

import { batch, computed, signal } from "../../vendor/preact-htm-signals.js";
import { isFailed, isMaking } from "../statuses.js";
import { createAutosave, NotSaved, pageClock } from "./autosave.js";
import { begun, canRedo, canUndo, noted, redone, undone } from "./history.js";
import * as scenes from "./scenes.js";

/**
 * @typedef {{ name: string, avatarId: string | null, scenes: import("./scenes.js").Scene[] }} Said
 * what a person edits of a video
 * @typedef {"making" | "finished" | "closed" | "failed" | null} Lock why it cannot be edited. `finished`: there is a
 * film, and the person has not said yet that it may become outdated. `closed`: this studio never allows it. `failed`: it
 * allows it after a reset alone.
 */

/**
 * @param {object} given
 * @param {string} given.id
 * @param {{ get(): Promise<object>, update(body: object): Promise<object>, updateLast(body: object): void }}
 *   given.remote the video in the studio; rejects with `NotSaved`
 * @param {import("./drafts.js").Drafts} given.drafts
 * @param {{ limits: Record<string, number>, behavior: Record<string, string> }} given.facts
 * @param {(key: string, values?: object) => void} given.announce says it to who does not see it
 * @param {import("./autosave.js").Clock} [given.clock]
 */
export function createEditor({ id, remote, drafts, facts, announce, clock = pageClock }) {
  const video = signal(null);
  const history = signal(begun({ name: "", avatarId: null, scenes: [] }));
  const selected = signal(null);
  const elsewhere = signal(null);
  const isUnlocked = signal(false);
  const isRestored = signal(false);
  const saving = signal({ kind: "unloaded", at: null, failure: null });
  const said = computed(() => history.value.present);
  const most = facts.limits.scenes;
  let isLooking = false;
  let keys = 0;
  const nextKey = () => ++keys;

  /** What the studio has, as it was told last. */
  let base = null;

  /** What was sent and not answered: the studio may have it. */
  let sent = null;

  const lock = computed(() => {
    if (!video.value || isMaking(video.value)) return "making";
    if (isFailed(video.value)) return facts.behavior.failed_videos_editable === "false" ? "failed" : null;
    if (video.value.status !== "ready") return null;
    if (facts.behavior.ready_videos_editable !== "true") return "closed";
    return isUnlocked.value ? null : "finished";
  });

  const autosave = createAutosave({
    isDirty: () => changes() !== null,
    send,
    sendLast: () => remote.updateLast({ id, ...changes() }),
    show: (state) => {
      saving.value = state;
      if (state.kind !== "saved") return;
      drafts.drop(id);
      isRestored.value = false;
    },
    clock,
  });

  /** What differs from what the studio has, as `video/update` takes it; null if nothing does. */
  function changes() {
    const { name, avatarId, scenes: own } = history.peek().present;
    const wire = scenes.toWire(own);
    const body = {
      ...(name.trim() && name !== base.name && { name }),
      ...(avatarId && avatarId !== base.avatarId && { avatarId }),
      ...(!scenes.isSame(wire, base.scenes) && { scenes: wire }),
    };
    return Object.keys(body).length ? body : null;
  }

  async function send() {
    take(await remote.get());
    if (elsewhere.peek()) throw new NotSaved("changed");
    if (changes() === null) return; // an answer was lost, and what it answered was not
    if (lock.peek() === "making") throw new NotSaved("locked");
    if (lock.peek()) {
      elsewhere.value = video.peek();
      throw new NotSaved("changed");
    }
    sent = changes();
    accept(await remote.update({ id, ...sent }));
  }

  /** Take what the studio says of the video, unless its content was changed elsewhere: ask, then. */
  function take(answered) {
    if ([{}, sent, changes()].some((ours) => isSameContent(answered, { ...base, ...ours }))) accept(answered);
    else if (answered.updatedAt !== elsewhere.peek()?.updatedAt) {
      elsewhere.value = answered;
      autosave.hold("changed");
    }
  }

  function accept(answered) {
    batch(() => {
      base = contentOf(answered);
      sent = null;
      if (answered.status !== "ready") isUnlocked.value = false;
      video.value = answered;
    });
  }

  function note(said, group = "") {
    history.value = noted(history.peek(), said, group, clock.now());
    touched();
  }

  function touched() {
    const { present } = history.peek();
    if (scenes.indexOf(present.scenes, selected.peek()) < 0) {
      selected.value = present.scenes[0]?.key ?? null;
    }
    const edits = changes();
    if (edits) drafts.keep(id, { since: video.peek().updatedAt, edits });
    else drafts.drop(id);
    autosave.edited();
  }

  function saidBy({ name, avatarId, scenes: told }) {
    return { name, avatarId: avatarId ?? null, scenes: scenes.fromWire(told, nextKey) };
  }

  /** Show what the studio has in the place of what is here. */
  function replace(told) {
    batch(() => {
      accept(told);
      history.value = noted(history.peek(), saidBy(told), "", clock.now());
      selected.value = own()[0]?.key ?? null;
    });
  }

  function edit(change, group) {
    if (lock.peek()) return;
    note({ ...history.peek().present, ...change }, group);
  }

  const own = () => history.peek().present.scenes;

  return {
    id, video, said, selected, elsewhere, lock, saving, isRestored, most,
    canUndo: computed(() => !lock.value && canUndo(history.value)),
    canRedo: computed(() => !lock.value && canRedo(history.value)),

    /** Load the video; rejects if it cannot be had. Edits that a reload found are there again. */
    async load() {
      const answered = await remote.get();
      const draft = drafts.find(id);
      batch(() => {
        accept(answered);
        history.value = begun(saidBy(answered));
        selected.value = own()[0]?.key ?? null;
        autosave.loaded();
        if (!draft || isSameContent(answered, { ...base, ...draft.edits })) return drafts.drop(id);
        const isEditable = !["making", "closed", "failed"].includes(lock.peek());
        isUnlocked.value = isEditable;
        history.value = noted(history.peek(), saidBy({ ...answered, ...draft.edits }), "", clock.now());
        selected.value = own()[0]?.key ?? null;
        isRestored.value = true;
        drafts.keep(id, draft);
        if (draft.since !== answered.updatedAt || !isEditable) {
          elsewhere.value = answered;
          autosave.hold("changed");
        } else {
          autosave.edited();
        }
      });
    },

    /** Change fields of a scene. Changes of one `group` that follow each other are undone as one. */
    change(key, fields, group = "") {
      edit({ scenes: scenes.changed(own(), key, fields) }, group);
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
      if (lock.peek()) return;
      const index = scenes.indexOf(own(), key);
      const next = scenes.neighbor(own(), key);
      edit({ scenes: scenes.removed(own(), key) });
      selected.value = next;
      announce("builder.removed", { n: index + 1 });
    },

    /** Put a scene at an index, counted without it. */
    move(key, index) {
      if (lock.peek()) return;
      const from = scenes.indexOf(own(), key);
      edit({ scenes: scenes.moved(own(), key, index) });
      const to = scenes.indexOf(own(), key);
      if (to !== from) announce("builder.moved", { n: from + 1, to: to + 1, of: own().length });
    },

    rename: (name) => edit({ name }, "name"),
    present: (avatarId) => edit({ avatarId }),

    undo() {
      if (lock.peek() || !canUndo(history.peek())) return;
      history.value = undone(history.peek());
      touched();
      announce("builder.undone");
    },

    redo() {
      if (lock.peek() || !canRedo(history.peek())) return;
      history.value = redone(history.peek());
      touched();
      announce("builder.redone");
    },

    /** The person knows that there is a film, and edits. */
    unlock() {
      isUnlocked.value = true;
    },

    /** Save what is not saved. @returns {Promise<boolean>} */
    flush: () => autosave.flush(),
    resume: () => autosave.resume(),

    /** Ask whether it was changed elsewhere. While the studio is at work at it, others ask. */
    async look() {
      if (["unloaded", "saving"].includes(saving.peek().kind) || isLooking || lock.peek() === "making") return;
      isLooking = true;
      try {
        take(await remote.get());
      } finally {
        isLooking = false;
      }
    },

    /** Take an answer that another part got: its status is another, or its scenes are composed. */
    answered(told) {
      const wasMaking = video.peek().status;
      const isComposed = wasMaking === "composing" && changes() === null;
      if (isComposed && !isSameContent(told, base)) replace(told);
      else take(told);
      heal();
    },

    /** Show what was saved elsewhere. What was here can be had back by undo. */
    reload() {
      replace(elsewhere.peek() ?? video.peek());
      elsewhere.value = null;
      autosave.loaded();
      drafts.drop(id);
    },

    /** Keep what is here, and save it over what was saved elsewhere. */
    keepMine() {
      const theirs = elsewhere.peek();
      elsewhere.value = null;
      if (theirs) accept(theirs);
      if (lock.peek() === "finished") isUnlocked.value = true;
      return autosave.resume();
    },

    leave: () => autosave.leave(),
  };

  function insert(index, scene, told) {
    if (lock.peek() || own().length >= most) return;
    edit({ scenes: scenes.inserted(own(), index, scene, most) });
    selected.value = scene.key;
    announce(told, { n: index + 1, of: own().length });
  }

  /** Save what waited for the studio to be done with the video, if it may be saved now. */
  function heal() {
    if (saving.peek().failure?.trouble !== "locked") return;
    if (isMaking(video.peek())) return;
    if (lock.peek()) {
      elsewhere.value = video.peek();
      autosave.hold("changed");
    } else {
      void autosave.resume();
    }
  }
}

function contentOf({ name, avatarId, scenes: told }) {
  return { name, avatarId: avatarId ?? null, scenes: told ?? [] };
}

function isSameContent(one, other) {
  const [a, b] = [contentOf(one), contentOf(other)];
  return a.name === b.name && a.avatarId === b.avatarId && scenes.isSame(a.scenes, b.scenes);
}
