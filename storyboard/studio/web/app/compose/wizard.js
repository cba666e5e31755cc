/**
 * Composes a video out of sources, in three steps: which sources, what about, how long. What was entered
 * stays when a person goes back. One `video/add`, one `video/compose`.
 *
 * `h(ComposeWizard, { format, video, onDone, onClose })`
 */

import { html, useEffect, useRef, useState } from "../../vendor/preact-htm-signals.js";
import * as api from "../api.js";
import { facts as askedFacts } from "../facts.js";
import { usual } from "../pickers/avatar_choice.js";
import { isMaking } from "../statuses.js";
import { isolated, refusalText, t } from "../texts.js";
import { Button } from "../ui/button.js";
import { confirm, Dialog } from "../ui/dialog.js";
import { mayTakeFocus } from "../ui/focus.js";
import { beside, body, EMPTY, missing, STEPS } from "./entries.js";
import { Brief, Length, Sources } from "./steps.js";

/** What was entered when a wizard was closed, by format: Escape is soon pressed. */
const kept = new Map();

/**
 * @param {object} props
 * @param {import("./entries.js").Format} props.format
 * @param {object | null} [props.video] whose scenes are composed anew; without one a video is made
 * @param {(video: object) => void} props.onDone the video is composing
 * @param {(cause?: Error) => void} props.onClose nothing came of it; with a cause it is not known whether a video was made
 */
export function ComposeWizard({ format, video = null, onDone, onClose }) {
  const [facts, setFacts] = useState(null);
  const [entries, setEntries] = useState(kept.get(format) ?? EMPTY);
  const [state, setState] = useState({ isBusy: false, error: null, asked: false });
  const made = useRef(null);
  const isRunning = useRef(false); // a second press may come before the button is drawn anew
  const heading = useRef(null);
  useEffect(() => {
    let isOver = false;
    if (mayTakeFocus()) heading.current.focus();
    askedFacts().then(
      (told) => isOver || setFacts(told),
      (trouble) => isOver || setState((before) => ({ ...before, error: refusalText(trouble) })),
    );
    return () => {
      isOver = true;
    };
  }, []);
  const change = (act) => setEntries((before) => ({ ...before, ...act(before) }));
  const lacks = facts ? missing(entries, entries.step, facts.limits) : null;
  const isLast = beside(entries.step, 1) === entries.step;

  const turn = (by) => {
    if (by > 0 && lacks) return setState({ ...state, asked: true });
    setState({ isBusy: false, error: null, asked: false });
    change(() => ({ step: beside(entries.step, by) }));
    heading.current.focus();
  };
  const compose = async () => {
    if (lacks) return setState({ ...state, asked: true });
    if (isRunning.current) return;
    isRunning.current = true;
    try {
      if (video?.scenes?.length && !(await confirm(replacing(video)))) return;
      setState({ isBusy: true, error: null, asked: false });
      made.current ??= video ?? (await added(format, facts));
      const composing = await begun(made.current, body(made.current.id, format, entries, facts.limits));
      kept.delete(format);
      onDone(composing);
    } catch (refusal) {
      // A second try could make a second video.
      if (refusal instanceof api.Gone && !made.current) return leave(refusal);
      setState({ isBusy: false, error: refusalText(refusal), asked: false });
    } finally {
      isRunning.current = false;
    }
  };
  const close = () => {
    if (state.isBusy) return;
    // A draft that was made for a composition which never began would be left without a word.
    if (made.current && made.current !== video) api.call("video/delete", { id: made.current.id }).catch(() => {});
    leave();
  };
  const leave = (cause) => {
    kept.set(format, { ...entries, step: EMPTY.step });
    onClose(cause);
  };
  const number = STEPS.indexOf(entries.step) + 1;
  const actions = html`
    ${number > 1 && html`<${Button} icon="back" onClick=${() => turn(-1)}>${t("compose.back")}<//>`}
    <span class="spring" />
    <${Button} onClick=${close}>${t("ui.cancel")}<//>
    <${Button} kind="primary" busy=${state.isBusy || !facts} onClick=${isLast ? compose : () => turn(1)}>
      ${t(isLast ? "compose.go" : "compose.next")}<//>`;
  return html`<${Dialog} title=${t(`compose.title.${format}`)} size="wide" isFirm onClose=${close} actions=${actions}>
    <div class="wizard" aria-busy=${state.isBusy || null}>
      <h3 tabindex="-1" ref=${heading}>${t("compose.step", { n: number, of: STEPS.length })}
        ${" "}${t(`compose.step.${entries.step}`)}</h3>
      ${facts && html`<${STEP[entries.step]} format=${format} entries=${entries} limits=${facts.limits} onChange=${change}
        error=${state.asked && lacks ? t(lacks, { n: facts.limits.brief }) : null} />`}
      ${state.asked && lacks && entries.step === "sources" && html`<p class="error" role="alert">${t(lacks)}</p>`}
      ${state.error && html`<p class="error" role="alert">${state.error}</p>`}
    </div>
  <//>`;
}

const STEP = { sources: Sources, brief: Brief, length: Length };

/** Add the video that will be composed; its name is what it has until a better one is found. */
async function added(format, facts) {
  const avatar = await api.call("avatar/upsert", usual(facts), { repeat: true });
  return api.call("video/add", { name: t(`compose.name.${format}`), avatarId: avatar.id, scenes: [] });
}

/** Have a video composed, and return it as it is then; an answer that is lost is asked for. */
async function begun(video, order) {
  try {
    return await api.call("video/compose", order);
  } catch (cause) {
    if (!(cause instanceof api.Gone)) throw cause;
    const now = await api.call("video/get", { id: video.id });
    if (isMaking(now) || now.updatedAt !== video.updatedAt) return now;
    throw cause;
  }
}

function replacing(video) {
  return {
    title: t("compose.replace"),
    text: t("compose.replace.text", { n: video.scenes.length, name: isolated(video.name) }),
    yes: t("compose.replace.yes"),
  };
}
