/**
 * Chooses an avatar: one of the presenters on one of three kinds of background. Nothing is made while a
 * person looks around; the chosen one is upserted, once.
 *
 * `h(AvatarPicker, { value, onChoose, onCancel })`
 */

import { html, useEffect, useState } from "../../vendor/preact-htm-signals.js";
import * as api from "../api.js";
import { facts as askedFacts } from "../facts.js";
import { refusalText, t } from "../texts.js";
import { Button } from "../ui/button.js";
import { Trouble } from "../ui/trouble.js";
import { avatarOf, isSame, isWhole, usual, valueOf } from "./avatar_choice.js";
import { Backgrounds } from "./backgrounds.js";
import { VoiceButton } from "./listen_button.js";
import { Presenters } from "./presenters.js";
import { Stage } from "./stage.js";

/** Every avatar that the person chose or that was looked up, by its id: an avatar never changes. */
const known = new Map();

/** What was offered last: shown at once, so that the page does not jump, and asked for again. */
let lastOffer = null;

/** @returns {Promise<import("./avatar_choice.js").Avatar>} the avatar of an id, asked for once */
export function avatarById(id) {
  if (!known.has(id)) {
    const asked = api.call("avatar/get", { id }).then(avatarOf);
    asked.catch(() => known.delete(id));
    known.set(id, asked);
  }
  return known.get(id);
}

/**
 * The avatar of an id; undefined until it is known, null where there is none. While another one is asked
 * for, it is the one of before.
 * @param {string | null} id @returns {import("./avatar_choice.js").Avatar | null | undefined}
 */
export function useAvatar(id) {
  const [avatar, setAvatar] = useState(undefined);
  useEffect(() => {
    let isOver = false;
    const take = (found) => isOver || setAvatar(found);
    if (id) avatarById(id).then(take, () => take(null));
    else take(null);
    return () => {
      isOver = true;
    };
  }, [id]);
  return avatar;
}

/**
 * @param {object} props
 * @param {string | null} props.avatarId which avatar is in use now; null: none
 * @param {(avatar: import("./avatar_choice.js").Avatar) => void} props.onChoose it exists by then
 * @param {() => void} [props.onCancel] given: there is a button that leads back
 */
export function AvatarPicker({ avatarId, onChoose, onCancel }) {
  const [offer, trouble, again] = useOffer();
  const current = useAvatar(avatarId);
  const [chosen, setChosen] = useState(null);
  const [state, setState] = useState({ busy: false, error: null });
  if (trouble) return html`<${Trouble} text=${trouble} again=${again} />`;
  if (!offer || current === undefined) return html`<p class="quiet" role="status">${t("shell.loading")}</p>`;
  if (!offer.templates.length) return html`<${Trouble} text=${t("avatar.none")} again=${again} />`;

  const { templateId: presenter, background: ground } = chosen ?? current ?? usual(offer.facts);
  const choice = { templateId: presenter, background: ground };
  const name = offer.templates.find(({ id }) => id === choice.templateId)?.name ?? choice.templateId;
  const use = async () => {
    const { templateId, background } = choice;
    setState({ busy: true, error: null });
    try {
      const avatar = avatarOf(await api.call("avatar/upsert", { templateId, background }, { repeat: true }));
      known.set(avatar.id, Promise.resolve(avatar));
      setState({ busy: false, error: null });
      setChosen(null);
      onChoose(avatar);
    } catch (refusal) {
      setState({ busy: false, error: refusalText(refusal) });
    }
  };
  const reason = isSame(choice, current) ? t("avatar.inUse") : isWhole(choice) ? null : t("avatar.noImage");
  return html`<div class="avatar-picker">
    <${Stage} choice=${choice} label=${t("avatar.shown", { name, background: valueOf(choice.background) })} />
    <div class="row"><span class="row"><strong dir="auto">${name}</strong>
        <${VoiceButton} templateId=${choice.templateId} name=${name} /></span>
      <span class="spring" />
      <${Button} kind="primary" icon="check" busy=${state.busy} reason=${reason} onClick=${use}>${t("avatar.use")}<//>
      ${onCancel && html`<${Button} onClick=${onCancel}>${t("ui.cancel")}<//>`}
    </div>
    ${state.error && html`<p class="error" role="alert">${state.error}</p>`}
    <${Presenters} templates=${offer.templates} chosen=${choice.templateId}
      color=${choice.background.type === "color" ? choice.background.color : null}
      onChoose=${(templateId) => setChosen({ ...choice, templateId })} />
    <${Backgrounds} choice=${choice} facts=${offer.facts} key=${current?.id ?? ""}
      onChoose=${(background) => setChosen({ ...choice, background })} />
  </div>`;
}

/** What there is to choose from, once it is known; a trouble in words; and how to ask again. */
function useOffer() {
  const [offer, setOffer] = useState(lastOffer);
  const [trouble, setTrouble] = useState(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    setTrouble(null);
    const asked = [askedFacts(), api.call("avatarTemplate/list", {}, { signal: stop.signal })];
    Promise.all(asked).then(
      ([facts, { objects }]) => setOffer((lastOffer = { facts, templates: objects })),
      (refusal) => stop.signal.aborted || setTrouble(refusalText(refusal)),
    );
    return () => stop.abort();
  }, [turn]);
  return [offer, trouble, () => setTurn(turn + 1)];
}
