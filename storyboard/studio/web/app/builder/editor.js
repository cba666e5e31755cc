// One video while it is edited: what it says, what was done to it, and the ways on where the studio has
// something else. Owns the edits until the studio has them. Draws nothing.

import { batch, computed, signal, untracked } from "../../vendor/preact-htm-signals.js";
import { pageClock } from "./autosave.js";
import { contentOf, isNameAtMost, isSameContent, saidBy } from "./content.js";
import { begun, canRedo, canUndo, isTyped, noted, redone, typed, undone } from "./history.js";
import { isFirm } from "./locks.js";
import { changedScenes, merged } from "./merge.js";
import { createSavedVideo } from "./saved_video.js";
import { createSceneEdits } from "./scene_edits.js";
import { indexOf, toWire } from "./scenes.js";

/**
 * @param {object} given
 * @param {string} given.id
 * @param {import("./saved_video.js").Remote} given.remote
 * @param {import("./drafts.js").Drafts} given.drafts
 * @param {{ limits: Record<string, number>, behavior: Record<string, string> }} given.facts
 * @param {(key: string, values?: object) => void} given.announce says it to who does not see it
 * @param {import("./autosave.js").Clock} [given.clock]
 */
export function createEditor({ id, remote, drafts, facts, announce, clock = pageClock }) {
  const history = signal(begun({ name: "", avatarId: null, scenes: [] }));
  const selected = signal(null);
  const isRestored = signal(false);
  const most = facts.limits.scenes;
  const present = () => history.peek().present;
  const own = () => present().scenes;
  /** Of what edits were made that a reload found, while that is not what the studio has. */
  const origin = signal(/** @type {null | {since: string, base: object}} */ (null));
  let isKept = false;
  let isLeft = false;
  let keys = 0;
  const nextKey = () => ++keys;

  const saved = createSavedVideo({
    id, remote, clock, behavior: facts.behavior, said: present,
    onComposed: (told) => replace(told, changes()?.name), // one that is not saved yet stays
    onSaved: () => {
      drafts.drop(id);
      isRestored.value = false;
    },
  });
  const { video, elsewhere, isUnlocked, lock, saving, changes, autosave } = saved;

  /** Return of what the edits were made that are not saved. */
  function begunFrom() {
    return origin.value ?? { since: video.value.updatedAt, base: contentOf(video.value) };
  }

  /** What was made here and elsewhere together, null where that is a question. */
  const both = computed(() => {
    if (!elsewhere.value) return null;
    const [base, theirs] = [begunFrom().base, contentOf(elsewhere.value)];
    if (isSameContent(base, theirs)) return null;
    const { name, avatarId, scenes } = history.value.present;
    return merged(base, { name: name.trim() ? name : base.name, avatarId, scenes: toWire(scenes) }, theirs);
  });

  /** Save over what was saved elsewhere. */
  function overwrite() {
    const theirs = elsewhere.peek();
    elsewhere.value = origin.value = null;
    if (theirs) saved.accept(theirs);
    if (lock.peek() === "finished") isUnlocked.value = true;
    return autosave.resume();
  }

  /** Show another content: from here on, or as a step behind what was here. */
  function show(said, before) {
    history.value = before ? noted(before, said, "", clock.now()) : begun(said);
    selected.value = own()[0]?.key ?? null;
  }

  /** Show what the studio has in the place of what is here. */
  function replace(told, name = told.name) {
    batch(() => {
      saved.accept(told);
      show({ ...saidBy(told, nextKey), name }, history.peek());
    });
  }

  /** @returns {boolean} false: the editor was left, and what comes later would never be saved */
  function note(said, group = "") {
    if (isLeft) return false;
    history.value = noted(history.peek(), said, group, clock.now());
    touched();
    return true;
  }

  function touched() {
    if (indexOf(own(), selected.peek()) < 0) selected.value = own()[0]?.key ?? null;
    const edits = changes();
    isKept = edits !== null && drafts.keep(id, { ...untracked(begunFrom), edits });
    if (!edits) drafts.drop(id);
    autosave.edited();
  }

  function edit(change, group) {
    return !lock.peek() && note({ ...present(), ...change }, group);
  }

  /** Go a step back or forth in the history. */
  function step(can, to, told) {
    if (lock.peek() || !can(history.peek())) return;
    history.value = to(history.peek());
    touched();
    announce(told);
  }

  /** Bring back what a reload found, of edits that were made on what the studio had by then. */
  function restore(draft, answered) {
    const isAllowed = isNameAtMost(draft.edits) || !isFirm(lock.peek());
    isUnlocked.value = isAllowed && !isNameAtMost(draft.edits);
    show(saidBy({ ...answered, ...draft.edits }, nextKey), history.peek());
    isRestored.value = true;
    isKept = drafts.keep(id, draft);
    const isOther = draft.since !== answered.updatedAt;
    if (isOther) origin.value = { since: draft.since, base: draft.base ?? contentOf(answered) };
    if (isOther || !isAllowed) saved.ask(answered);
    else autosave.edited();
  }

  return {
    id, video, selected, elsewhere, lock, saving, isRestored, most,
    said: computed(() => history.value.present),
    canUndo: computed(() => !lock.value && canUndo(history.value)),
    canRedo: computed(() => !lock.value && canRedo(history.value)),
    ...createSceneEdits({
      own, selected, nextKey, most, announce, edit: (scenes, group) => edit({ scenes }, group),
    }),

    /** Load the video; rejects if it cannot be had. Edits that a reload found are there again. */
    async load() {
      const answered = await remote.get();
      const draft = drafts.find(id);
      batch(() => {
        saved.accept(answered);
        show(saidBy(answered, nextKey));
        autosave.loaded();
        if (draft && !isSameContent(answered, { ...answered, ...draft.edits })) restore(draft, answered);
      });
    },

    /** Name the video: at any time, whatever the studio does with it. */
    rename: (name) => note({ ...present(), name }, typed("name")),
    /** Give the video its avatar. @returns {boolean} false: it takes no change */
    present: (avatarId) => edit({ avatarId }),
    /** Return whether what was done last was to write in a field. */
    isTyped: () => isTyped(history.peek()),
    undo: () => step(canUndo, undone, "builder.undone"),
    redo: () => step(canRedo, redone, "builder.redone"),

    /** The person knows that there is a film, and edits. */
    unlock() {
      isUnlocked.value = true;
    },

    /** Save what is not saved. @returns {Promise<boolean>} */
    flush: () => autosave.flush(),
    resume: () => autosave.resume(),
    look: () => saved.look(),
    answered: (told) => saved.answered(told),

    /** Show what was saved elsewhere. What was here can be had back by undo. */
    reload() {
      replace(elsewhere.peek() ?? video.peek());
      elsewhere.value = origin.value = null;
      autosave.loaded();
    },

    /** Keep what is here, and save it over what was saved elsewhere. */
    keepMine: overwrite,

    both,
    /** Which scenes were changed elsewhere, from 1. */
    theirs: computed(() => (elsewhere.value ? changedScenes(begunFrom().base, contentOf(elsewhere.value)) : [])),

    /** Take what was changed elsewhere into what is here, which is one step of the history. */
    keepBoth() {
      if (!both.peek()) return autosave.resume();
      const places = own().map(({ key }) => key);
      const said = saidBy(both.peek(), () => places.shift() ?? nextKey());
      history.value = noted(history.peek(), said, "", clock.now());
      if (indexOf(own(), selected.peek()) < 0) selected.value = own()[0]?.key ?? null;
      return overwrite();
    },

    /** Return whether edits would be lost if the page went away now: a reload may find them, another tab never. */
    isAtRisk: () => autosave.isAtRisk() && (autosave.isFailing() || !isKept),
    /** Send what is not saved, and take no edit any more. Resolves once it is out. */
    leave() {
      isLeft = true;
      return autosave.leave();
    },
  };
}
