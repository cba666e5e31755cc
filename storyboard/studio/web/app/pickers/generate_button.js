/**
 * Makes the film of a video: says why it cannot, asks before it does, tells how it goes, and shows what
 * came of it.
 *
 * `h(GenerateButton, { video, lengths, clips, save, look, onVideo, onScene })`
 */

import { html, useEffect, useId, useRef, useState } from "../../vendor/preact-htm-signals.js";
import * as api from "../api.js";
import { door } from "../door.js";
import { facts as askedFacts } from "../facts.js";
import { FilmDialog } from "../library/film_dialog.js";
import { consoleOf } from "../router.js";
import { isFailed, isMaking } from "../statuses.js";
import { isolated, refusalText, t } from "../texts.js";
import { Button } from "../ui/button.js";
import { ask, confirm } from "../ui/dialog.js";
import { forecast, reasons } from "./generation.js";
import { Making, useWatch } from "./making.js";
import { written } from "./ranges.js";
import { reasonText } from "./reason_text.js";

/**
 * @param {object} props
 * @param {object} props.video as it would be sent now: the builder's scenes, the API's other fields
 * @param {(import("./generation.js").Length | null)[]} [props.lengths] of the scenes
 * @param {Record<string, import("./generation.js").Clip>} [props.clips] what is known of the entries
 * @param {() => Promise<void>} [props.save] saves what is not saved; rejects if it cannot
 * @param {() => Promise<void>} [props.look] asks whether the video was changed elsewhere, which `save` then refuses
 * @param {(video: object) => void} props.onVideo the API's answer: its status changed, or its scenes
 * @param {(index: number) => void} [props.onScene] leads to a scene that something is wrong with
 */
export function GenerateButton({ video, lengths = [], clips = {}, save = async () => {}, look = async () => {}, onVideo, onScene }) {
  const [facts, setFacts] = useState(null);
  const [state, setState] = useState({ isBusy: false, error: null, of: null });
  const version = useRef(null);
  version.current = video.updatedAt;
  const isRunning = useRef(false); // a second press may come before the button is drawn anew
  useEffect(() => {
    let isOver = false;
    askedFacts().then((told) => isOver || setFacts(told), () => {});
    return () => {
      isOver = true;
    };
  }, []);
  const take = (answered) => {
    if (video.status === "generating" && answered.status === "ready") showFilm(answered);
    onVideo(answered);
  };
  const lost = useWatch(video, take);

  const run = async (act) => {
    if (isRunning.current) return;
    isRunning.current = true;
    setState({ isBusy: true, error: null, of: null });
    try {
      await act();
      setState({ isBusy: false, error: null, of: null });
    } catch (refusal) {
      setState({ isBusy: false, error: refusalText(refusal), of: version.current });
    } finally {
      isRunning.current = false;
    }
  };
  /** Have the video changed. An answer may be lost, and a refusal may mean that it is another by now: ask. */
  const changed = async (action) => {
    try {
      onVideo(await api.call(action, { id: video.id }));
    } catch (cause) {
      const now = await api.call("video/get", { id: video.id });
      onVideo(now);
      if (now.status !== video.status || now.entryId !== video.entryId) return;
      throw cause instanceof api.Gone ? new Error(t("generate.lost")) : cause;
    }
  };
  const generate = () => run(async () => {
    await save();
    if (!(await confirm(question(video, lengths, facts.limits)))) return;
    await look(); // what is filmed is what was asked about
    await save();
    await changed("video/generate");
  });
  const reset = () => run(() => changed("video/resetStatus"));

  if (isMaking(video)) return html`<${Making} video=${video} trouble=${lost} />`;
  const against = facts ? reasons(video, facts, { lengths, clips }) : [];
  return html`<div class="generate">
    ${isFailed(video)
      ? html`<${Failed} video=${video} onReset=${reset} isBusy=${state.isBusy} />`
      : html`<${Start} video=${video} against=${against} isBusy=${state.isBusy || !facts} onStart=${generate} onScene=${onScene} />`}
    ${video.status === "ready" && video.entryId && html`<${Button} icon="film" onClick=${() => showFilm(video)}>
      ${t("generate.watch")}<//>`}
    ${state.error && state.of === video.updatedAt && html`<p class="error" role="alert">${state.error}</p>`}
  </div>`;
}

function Start({ video, against, isBusy, onStart, onScene }) {
  const id = useId();
  const isOff = against.length > 0;
  return html`<${Button} kind="primary" icon="film" busy=${isBusy} aria-disabled=${isOff || isBusy || null}
      aria-describedby=${isOff ? id : null} onClick=${isOff ? null : onStart}>${t("generate")}<//>
    ${isOff && html`<div class="reasons" id=${id}>${video.status !== "ready" && html`<p>${t("generate.not")}</p>`}
      <ul>${against.map((reason) => html`<li key=${JSON.stringify(reason)}>
        <${Reason} reason=${reason} onScene=${onScene} /></li>`)}</ul></div>`}`;
}

function Reason({ reason, onScene }) {
  const { scene } = reason;
  const text = reasonText(reason);
  if (!scene || !onScene) return text;
  return html`<button type="button" class="link" onClick=${() => onScene(scene - 1)}>${text}</button>`;
}

function Failed({ video, onReset, isBusy }) {
  const causes = ["narration", "rate", "overrun", "sources", "again"];
  return html`<div class="failed" role="alert"><p><strong>${t(`generate.failed.${video.status}`)}</strong></p>
    ${video.status === "generate-error" && html`<p>${t("generate.causes")}</p>
      <ul class="dots">${causes.map((cause) => html`<li key=${cause}>${t(`generate.cause.${cause}`)}</li>`)}</ul>`}
    ${!door.isEmbedded && html`<p><a href=${consoleOf(video)}>${t("generate.why")}</a></p>`}
    <${Button} kind="primary" busy=${isBusy} onClick=${onReset}>${t("generate.reset")}<//></div>`;
}

function question(video, lengths, { pauseSeconds }) {
  const n = video.scenes.length;
  const { seconds, isMeasured } = forecast(lengths, pauseSeconds);
  const time = written(seconds).replace(/\.\d$/, "");
  const long = seconds ? t(isMeasured ? "generate.confirm.measured" : "generate.confirm.reckoned", { time }) : "";
  const text = [t("generate.confirm.scenes", { n }), long, t("generate.confirm.locked")].filter(Boolean).join(" ");
  return { title: t("generate.confirm", { name: isolated(video.name) }), text, yes: t("generate"), kind: "primary" };
}

/** Show the film with its captions, over whatever is shown. */
function showFilm(video) {
  return ask((done) => html`<${FilmDialog} video=${video} isInBuilder onDone=${() => done()} />`);
}
