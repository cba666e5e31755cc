// The library: all videos as a grid, newest change first, and the way to a new one.

import { html, signal, useEffect, useMemo, useRef, useState } from "../../vendor/preact-htm-signals.js";
import { call, connection, sendLast } from "../api.js";
import { door } from "../door.js";
import { route } from "../router.js";
import { t } from "../texts.js";
import { Button } from "../ui/button.js";
import { Field } from "../ui/field.js";
import { isField, undoKey } from "../ui/keys.js";
import { holdPage } from "../unload.js";
import { createDeletions } from "./deletions.js";
import { isAdding, kinds, newVideo } from "./new_dialog.js";
import { PAGE, hasMore, matching } from "./shelf.js";
import { createLibrary } from "./store.js";
import { Tile } from "./tile.js";
import { reasonOf, tellOfKeeping, videoActions } from "./video_actions.js";

const MINUTE = 60_000;

/** How many videos a search loads by itself: more of them make the page slow once it is cleared. */
const SEARCHED = 1000;

/** One for the page: whoever comes back from a video finds what was loaded. */
const library = createLibrary(call);

/** What was searched for, too. */
const wanted = signal("");

const deletions = createDeletions({
  library, failed: tellOfKeeping,
  hold: () => holdPage(() => connection.peek() !== "open"),
  removeLast: (id) => sendLast("video/delete", { id }),
  onKill: (act) => door.onKill(act),
});
route.subscribe(({ id }) => void deletions.takeBack(id)); // whoever opens a video wants it

export function Library() {
  const grid = useRef(null);
  const search = wanted.value;
  const now = useMinutes();
  const actions = useMemo(() => videoActions(library, deletions, (id) => neighborOf(grid.current, id)), []);
  useEffect(() => {
    library.open();
    const unwatched = watchKeys();
    return () => {
      unwatched();
      library.close();
    };
  }, []);
  useFirstView();
  const ks = door.ks.value;
  useEffect(() => {
    if (library.failure.peek()) void library.open(); // there is another session, which may be better
  }, [ks]);
  const shelf = library.shelf.value;
  useWhole(shelf, search.trim() !== "");
  const found = matching(shelf, search);
  return html`<div class="library">
    <header class="library-head">
      <h1>${t("shell.library")}</h1>
      ${shelf.total > 0 && html`<span class="quiet">${t("library.count", { n: shelf.total })}</span>`}
      ${shelf.total > 0 && kinds().length > 0 && html`<${NewButton} />`}
    </header>
    <${Troubles} />
    ${shelf.total === null ? html`<${Loading} />` : shelf.total === 0 ? html`<${Empty} />` : html`
      <${Search} value=${search} onInput=${(words) => { wanted.value = words; }} found=${found.length} />
      <ul class="tiles" ref=${grid}>${found.map((video) =>
        html`<${Tile} key=${video.id} video=${video} now=${now} actions=${actions} />`)}</ul>
      <${More} grid=${grid} />`}
  </div>`;
}

function NewButton() {
  const reason = library.hasAvatars.value === false && t("library.noAvatars");
  return html`<${Button} kind="primary" icon="add" busy=${isAdding.value} reason=${reason}
    onClick=${() => newVideo(library)}>
    ${t("library.new")}<//>`;
}

/** What keeps the list from being whole; what is loaded stays below it. */
function Troubles() {
  const failure = library.failure.value;
  return html`<div role="status">
    ${failure && html`<p class="notice"><span dir="auto">${t("library.failed", { reason: reasonOf(failure) })}</span>
      <${Button} onClick=${library.open} busy=${library.loading.value !== null}>${t("library.retry")}<//></p>`}
    ${library.hasAvatars.value === false && html`<p class="notice"><span><b>${t("library.noAvatars")}.</b>
      ${" "}${t("library.noAvatarsHow")}</span></p>`}
  </div>`;
}

function Loading() {
  if (library.failure.value) return null;
  return html`<p class="quiet" role="status">${t("library.loading")}</p>`;
}

function Empty() {
  const isAllowed = kinds().length > 0;
  return html`<section class="empty sheet">
    <h2>${t("library.empty")}</h2>
    <p>${t(isAllowed ? "library.emptyHow" : "library.noneAllowed")}</p>
    ${isAllowed && html`<${NewButton} />`}
  </section>`;
}

/** Load what a search does not know yet, page after page, until a page brings none. */
function useWhole(shelf, isSearching) {
  const tried = useRef(0);
  const isFree = library.loading.value === null && !library.failure.value;
  const loaded = shelf.videos.length;
  useEffect(() => {
    if (!isSearching) tried.current = 0;
    if (!isSearching || !isFree || !hasMore(shelf) || loaded <= tried.current || loaded >= SEARCHED) return;
    tried.current = loaded;
    void library.more();
  }, [isSearching, isFree, loaded]);
}

/** The search, which knows only what is loaded, and says so. */
function Search({ value, onInput, found }) {
  const shelf = library.shelf.value;
  const counts = { n: found, loaded: shelf.videos.length, total: shelf.total };
  return html`<search class="library-search">
    <${Field} label=${t("library.search")}>
      <input type="search" dir="auto" value=${value} onInput=${(event) => onInput(event.target.value)} /><//>
    <p class="quiet" role="status">${value.trim() &&
      t(hasMore(shelf) ? "library.searched" : "library.searchedAll", counts)}</p>
  </search>`;
}

/** The next page, if there is one; the focus goes to its first video. */
function More({ grid }) {
  const shelf = library.shelf.value;
  const [loaded, total] = [shelf.videos.length, shelf.total];
  if (!hasMore(shelf)) return null;
  const isLoading = library.loading.value === "more";
  const more = async () => {
    await library.more();
    requestAnimationFrame(() => nameOf(grid.current?.children[loaded])?.focus());
  };
  return html`<div class="library-more">
    <p class="quiet">${t("library.shown", { n: loaded, total })}</p>
    <${Button} busy=${isLoading} onClick=${more}>
      ${isLoading ? t("library.loadingMore") : t("library.more", { n: Math.min(PAGE, total - loaded) })}<//>
  </div>`;
}

/** The time, anew each minute: what is shown of it is not finer. */
function useMinutes() {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => document.hidden || setNow(Date.now()), MINUTE);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Offer a new video at once where the host begins with it (guide §11, `initialView`). */
let isBegun = false;
function useFirstView() {
  useEffect(() => {
    if (isBegun) return;
    isBegun = true;
    if (door.settings.peek().initialView === "projectBuilder") newVideo(library);
  }, []);
}

/** Take back the last deletion by keys. Returns how to stop. */
function watchKeys() {
  const pressed = (event) => {
    if (undoKey(event) !== "undo" || isField(event.target)) return;
    if (deletions.takeBackLast()) event.preventDefault();
  };
  addEventListener("keydown", pressed);
  return () => removeEventListener("keydown", pressed);
}

/** Remember who stands beside a tile; returns how to give its focus to that one. */
function neighborOf(grid, id) {
  const tile = [...grid.children].find((one) => one.dataset.id === id);
  const beside = tile?.nextElementSibling ?? tile?.previousElementSibling;
  return () => requestAnimationFrame(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (isLost) (nameOf(beside) ?? document.querySelector(".library .button"))?.focus();
  });
}

const nameOf = (tile) => tile?.querySelector(".tile-name");
