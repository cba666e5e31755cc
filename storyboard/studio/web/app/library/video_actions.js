// What a person can do with a video of the library: each action once, and its outcome in words.

import { html } from "../../vendor/preact-htm-signals.js";
import { Gone } from "../api.js";
import { door } from "../door.js";
import { go } from "../router.js";
import { filmOf, isMaking } from "../statuses.js";
import { isolated, refusalText, t } from "../texts.js";
import { ask, confirm } from "../ui/dialog.js";
import { toast } from "../ui/toast.js";
import { FilmDialog } from "./film_dialog.js";
import { share } from "./share.js";

/**
 * Return the actions on videos of a library.
 * @param {ReturnType<import("./store.js").createLibrary>} library
 * @param {ReturnType<import("./deletions.js").createDeletions>} deletions
 * @param {(id: string) => () => void} keepFocus is told before a tile goes; what it returns, after
 */
export function videoActions(library, deletions, keepFocus) {
  const edit = ({ id }) => go({ view: "builder", id });

  async function play(video) {
    const wanted = await ask((done) => html`<${FilmDialog} video=${video} onDone=${done} />`);
    if (wanted === "edit") edit(video);
  }

  async function copy(video) {
    try {
      const made = await library.copy(video.id, (name) => t("library.copyName", { name }));
      toast(t("library.copied", { name: isolated(made.name) }));
    } catch (cause) {
      tellOfAdding(library, cause);
    }
  }

  async function remove(video) {
    const parts = [t("delete.what", { name: isolated(video.name) }), isMaking(video) && t("delete.making"),
      filmOf(video) && t("delete.filmStays")];
    const text = parts.filter(Boolean).join(" ");
    if (!(await confirm({ title: t("delete.title"), text, yes: t("delete.confirm") }))) return;
    const moveFocus = keepFocus(video.id);
    const said = t("library.deleted", { name: isolated(video.name) });
    deletions.begin(video.id, (offer) => toast(said, "good", { label: t("library.undo"), ...offer }));
    moveFocus();
  }

  async function shareFilm(video) {
    const said = await share(filmOf(video));
    if (said) toast(said.text, said.isBad ? "bad" : "good");
  }

  return {
    /** Do what a press on a video means: its film plays, and without one it is edited. */
    open: (video) => (filmOf(video) ? play(video) : edit(video)),
    /** Return the rows of a video's menu. */
    menu: (video) => [
      filmOf(video) && { label: t("action.play"), icon: "play", act: () => play(video) },
      { label: t("action.edit"), icon: "edit", act: () => edit(video) },
      { label: t("action.duplicate"), icon: "copy", act: () => copy(video) },
      filmOf(video) && door.settings.value.canShare &&
        { label: t("action.share"), icon: "share", act: () => shareFilm(video) },
      { label: t("action.delete"), icon: "trash", isDangerous: true, act: () => remove(video) },
    ],
  };
}

/** Say that no video was added, or that it is not known: then the list is loaded anew. */
export function tellOfAdding(library, cause) {
  if (!(cause instanceof Gone)) {
    return toast(t("library.notDone", { what: t("library.notAdded"), reason: reasonOf(cause) }), "bad");
  }
  toast(t("library.notSure"), "bad");
  return library.open();
}

/** Say that a video was not deleted. */
export function tellOfKeeping(cause) {
  toast(t("library.notDone", { what: t("library.notDeleted"), reason: reasonOf(cause) }), "bad");
}

/** Return why something failed, in words. */
export function reasonOf(cause) {
  return cause instanceof Gone ? t("library.waits") : refusalText(cause);
}
