// What the library knows, as signals, and what it does: all by the public API, each change once.

import { computed, signal } from "../../vendor/preact-htm-signals.js";
import { NO_VIDEO } from "../api.js";
import { facts } from "../facts.js";
import { createPoll } from "../poll.js";
import { isMaking } from "../statuses.js";
import { addFromScratch, duplicate, oneAtATime } from "./new_video.js";
import { PAGE, UNKNOWN, hasMore, withNewest, withNext, withVideo, without } from "./shelf.js";

/**
 * Return a library that is closed.
 * @param {import("./new_video.js").Call} call @param {object} [options] of its poll
 */
export function createLibrary(call, options = {}) {
  const loaded = signal(UNKNOWN);
  const hidden = signal(/** @type {ReadonlySet<string>} */ (new Set()));
  const shelf = computed(() => [...hidden.value].reduce(without, loaded.value));
  const loading = signal(/** @type {null|"newest"|"more"} */ (null));
  const failure = signal(/** @type {null|Error} */ (null));
  const hasAvatars = signal(/** @type {null|boolean} */ (null));
  const making = computed(() => shelf.value.videos.filter(isMaking).map(({ id }) => id));
  const poll = createPoll(renewMaking, options);
  let isOpen = false;
  let changes = 0;

  /** Ask for a page; a reply is out of date if something was added or deleted here meanwhile. */
  async function page(offset = () => 0) {
    for (;;) {
      const before = changes;
      const pager = { offset: offset(), limit: PAGE };
      const reply = await call("video/list", { filter: { orderBy: "-updatedAt" }, pager });
      if (before === changes) return reply;
    }
  }

  const follow = () => poll.want(isOpen && making.value.length > 0);

  function keep(changed) {
    loaded.value = changed;
    follow();
  }

  function hide(id) {
    hidden.value = new Set([...hidden.value, id]);
    follow();
  }

  function show(id) {
    hidden.value = new Set([...hidden.value].filter((each) => each !== id));
    follow();
  }

  /** Load something; what it fails of is shown, and what was loaded stays. */
  async function load(kind, act) {
    loading.value = kind;
    try {
      await act();
      failure.value = null;
    } catch (cause) {
      failure.value = cause;
    } finally {
      loading.value = null;
    }
  }

  async function renewNewest() {
    const reply = await page();
    keep(withNewest(loaded.value, reply));
    return reply.objects;
  }

  /** Ask for the newest page, and for what is in the making further down. */
  async function renewMaking() {
    const told = new Set((await renewNewest()).map(({ id }) => id));
    for (const id of making.value.filter((one) => !told.has(one))) await renewOne(id);
  }

  async function renewOne(id) {
    const before = changes;
    try {
      const video = await call("video/get", { id });
      if (before === changes) keep(withVideo(loaded.value, video)); // else it may be deleted: it is asked for again
    } catch (cause) {
      if (cause.code !== NO_VIDEO) throw cause;
      keep(without(loaded.value, id));
    }
  }

  async function nextPage() {
    const before = loaded.value.videos.length;
    const reply = await page(() => loaded.value.videos.length);
    keep(withNext(loaded.value, reply));
    const isStuck = loaded.value.videos.length === before && hasMore(loaded.value);
    if (isStuck) keep(withNewest(UNKNOWN, await page())); // pages moved: much was deleted elsewhere
  }

  async function lookForAvatars() {
    if (!hasAvatars.value) hasAvatars.value = (await call("avatarTemplate/list", {})).totalCount > 0;
  }

  async function deleteOne(id) {
    try {
      await call("video/delete", { id }, { repeat: true });
    } catch (cause) {
      if (cause.code !== NO_VIDEO) throw cause; // deleted elsewhere, or before the answer was lost, is as good
    }
    changes += 1;
    keep(without(loaded.value, id));
  }

  /** Delete a video, which is out of sight meanwhile. */
  async function remove(id) {
    hide(id);
    try {
      await deleteOne(id);
    } finally {
      show(id);
    }
  }

  const added = (video) => {
    changes += 1;
    keep(withVideo(loaded.value, video));
    return video;
  };
  const renew = oneAtATime(() => load("newest", () => Promise.all([renewNewest(), lookForAvatars()])));

  return {
    shelf, loading, failure, hasAvatars,
    /** Load the newest page, and follow what is in the making; what is loaded stays meanwhile. */
    open() {
      isOpen = true;
      return renew();
    },
    /** Follow nothing until it is opened again. */
    close() {
      isOpen = false;
      poll.want(false);
    },
    /** Load the page behind the last video. */
    more: oneAtATime(() => load("more", nextPage)),
    /** Add a draft; rejects with what refused it. @type {(name: string, stop?: AbortSignal) => any} */
    add: oneAtATime(async (name, stop) => added(await addFromScratch(call, await facts(), name, stop))),
    /** Add a draft that is like a video; rejects with what refused it. */
    copy: oneAtATime(async (id, called) => added(await duplicate(call, await facts(), id, called))),
    /** Delete a video; rejects with what refused it. */
    remove: oneAtATime(remove),
    /** Take a video out of sight, whatever replies say of it, until it is shown again. */
    hide, show,
  };
}
