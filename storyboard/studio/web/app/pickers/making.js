// A video that the studio is at work at: asked for as often as the guide says, and told in words.

import { html, useEffect, useRef, useState } from "../../vendor/preact-htm-signals.js";
import * as api from "../api.js";
import { createPoll } from "../poll.js";
import { isMaking } from "../statuses.js";
import { refusalText, t } from "../texts.js";
import { Progress } from "../ui/progress.js";
import { written } from "./ranges.js";

const SECOND = 1000;

/**
 * Ask for a video while the studio is at work at it, and hand on what it becomes.
 *
 * @param {object} video as the API has it
 * @param {(video: object) => void} onVideo
 * @returns {string | null} why it cannot be had any more, in words: it was deleted
 */
export function useWatch(video, onVideo) {
  const [trouble, setTrouble] = useState(null);
  const told = useRef(onVideo);
  told.current = onVideo;
  const isBusy = isMaking(video);
  useEffect(() => {
    if (!isBusy) return undefined;
    setTrouble(null);
    const stop = new AbortController();
    const poll = createPoll(async () => {
      const answered = await api.call("video/get", { id: video.id }, { signal: stop.signal });
      if (!stop.signal.aborted) told.current(answered);
    }, { fail });
    function fail(cause) {
      if (cause.code !== api.NO_VIDEO) return;
      poll.end();
      setTrouble(refusalText(cause));
    }
    poll.want(true);
    return () => {
      poll.end();
      stop.abort();
    };
  }, [video.id, isBusy]);
  return trouble;
}

/**
 * @param {{ video: object, trouble?: string | null }} props `updatedAt` is when the work began: a video changes no
 * more until its end. `trouble`: it can be told no more how it stands.
 */
export function Making({ video, trouble = null }) {
  const since = useRef(Date.parse(video.updatedAt) || Date.now()).current;
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND);
    return () => clearInterval(timer);
  }, []);
  useTitle(`${t(`making.${video.status}.short`)} · ${video.name}`);
  const waited = written((now - since) / SECOND).replace(/\.\d$/, "");
  if (trouble) return html`<p class="error" role="alert">${trouble}</p>`;
  return html`<div class="making">
    <p role="status">${t(`making.${video.status}`)}</p>
    <${Progress} label=${t(`making.${video.status}.short`)} />
    <p class="quiet">${t("making.waited", { time: waited })}</p>
  </div>`;
}

/** Have the tab's title tell of it, for who waits in another one. */
function useTitle(text) {
  useEffect(() => {
    const before = document.title;
    document.title = text;
    return () => {
      document.title = before;
    };
  }, [text]);
}
