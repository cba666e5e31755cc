// The builder: scenes on the left, the selected one in the middle, what it is made of on the right, time
// below; on a small screen the picture first, and all below it. Wires the editor to the page; what an edit means is the editor's.

import { html, signal, useEffect, useRef, useState } from "../../vendor/preact-htm-signals.js";
import { connection } from "../api.js";
import { door } from "../door.js";
import { facts as askedFacts } from "../facts.js";
import { GenerateButton } from "../pickers/generate_button.js";
import { desk as sounds } from "../pickers/listen_button.js";
import { go } from "../router.js";
import { tabStorage } from "../tab_storage.js";
import { t } from "../texts.js";
import { Button } from "../ui/button.js";
import { useMediaQuery } from "../ui/media_query.js";
import { Bars } from "./bars.js";
import { createClips } from "./clips.js";
import { createDrafts } from "./drafts.js";
import { createEditor } from "./editor.js";
import { Head } from "./head.js";
import { watchKeys, watchPage } from "./habits.js";
import { JumpBar } from "./jump_bar.js";
import { createLengths } from "./lengths.js";
import { Preview } from "./preview.js";
import { askClip, askLengths, remoteVideo } from "./remote.js";
import { SceneList } from "./scene_list.js";
import { isSlide, toWire } from "./scenes.js";
import { SidePanel } from "./side_panel.js";
import { Timeline } from "./timeline.js";

/**
 * What the parts of the builder share.
 * @typedef {object} Desk
 * @property {ReturnType<typeof createEditor>} editor
 * @property {ReturnType<typeof createLengths>} lengths
 * @property {ReturnType<typeof createClips>} clips
 * @property {object} facts
 * @property {import("../../vendor/preact-htm-signals.js").Signal<"avatar" | "media" | "checks">} tab
 * @property {import("../../vendor/preact-htm-signals.js").Signal<string>} told what was done, for who does not see it
 * @property {(key: number) => void} show select a scene and lead there
 * @property {(tab: string) => void} turnTo show a tab and lead there: it may be out of sight
 */

/** Below this width the picture is above all else, as in builder.css: it is read there, and reached by Tab. */
const NARROW = "(max-width: 72rem)";

/** @param {{ id: string }} props */
export function Builder({ id }) {
  const [desk, setDesk] = useState(null);
  const [trouble, setTrouble] = useState(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isOver = false;
    let end = () => {};
    setTrouble(null);
    open(id).then(
      (opened) => {
        if (isOver) return;
        end = watchPage(opened);
        setDesk(opened);
      },
      (refusal) => isOver || setTrouble(refusal),
    );
    return () => {
      isOver = true;
      end();
    };
  }, [id, turn]);
  if (trouble) return html`<${Unopened} trouble=${trouble} again=${() => setTurn(turn + 1)} />`;
  if (!desk) return html`<h1 class="visually-hidden">${t("builder.title")}</h1><p class="quiet" role="status">${t("shell.loading")}</p>`;
  return html`<${Open} desk=${desk} />`;
}

async function open(id) {
  const facts = await askedFacts();
  const told = signal("");
  const announce = (key, values) => {
    told.value = t(key, values);
  };
  const drafts = createDrafts(door.isEmbedded ? null : tabStorage);
  const editor = createEditor({ id, remote: remoteVideo(id), drafts, facts, announce });
  await editor.load();
  const lengths = createLengths({ ask: askLengths, longest: facts.limits.narration });
  const show = (key) => {
    editor.selected.value = key;
    requestAnimationFrame(() => document.getElementById(`scene-${key}`)?.focus());
  };
  const tab = signal("avatar");
  const turnTo = (to) => {
    tab.value = to;
    requestAnimationFrame(() => document.querySelector(".builder-side [aria-selected=true]")?.focus());
  };
  return { editor, lengths, clips: createClips(askClip), facts, tab, turnTo, told, show };
}

function Open({ desk }) {
  const { editor, lengths, clips } = desk;
  const { scenes, name, avatarId } = editor.said.value;
  const wire = toWire(scenes);
  const long = scenes.map((scene) => lengths.of(scene, avatarId));
  useEffect(() => {
    lengths.want(scenes.map(({ text }) => text));
    for (const { broll } of scenes) if (broll && !isSlide(broll)) clips.want(broll.entryId);
  }, [scenes]);
  useEffect(() => watchKeys(editor), [editor]);
  useEffect(() => sounds.stop, []); // what is heard belongs to the view
  const save = async () => {
    if (!(await editor.flush())) throw new Error(t("builder.notSavedYet"));
  };
  const video = { ...editor.video.value, name, avatarId, scenes: wire };
  const list = html`<${SceneList} key="scenes" desk=${desk} lengths=${long} />`;
  const middle = html`<section key="middle" class="builder-middle" aria-label=${t("builder.preview")}
      data-part="builder.preview" tabindex="-1">
    <${Preview} desk=${desk} save=${save} />
    <${GenerateButton} video=${video} lengths=${long} clips=${clips.known.value} save=${save}
      look=${editor.look} onVideo=${editor.answered} onScene=${(index) => desk.show(scenes[index].key)} />
  </section>`;
  const isNarrow = useMediaQuery(NARROW);
  return html`<div class="builder" data-locked=${editor.lock.value}>
    <${Head} desk=${desk} />
    <${Bars} desk=${desk} />
    <div class="builder-parts">
      ${isNarrow ? [middle, list] : [list, middle]}
      <${SidePanel} desk=${desk} lengths=${long} wire=${wire} />
    </div>
    <${Timeline} desk=${desk} lengths=${long} save=${save} />
    <${JumpBar} desk=${desk} />
    <p class="visually-hidden" role="status">${desk.told.value}</p>
  </div>`;
}

/** The video cannot be shown; it is tried again once the studio is back, or there is another session. */
function Unopened({ trouble, again }) {
  const now = `${connection.value} ${door.ks.value}`;
  const before = useRef(now);
  useEffect(() => {
    if (now !== before.current && connection.peek() === "open") again();
    before.current = now;
  }, [now]);
  return html`<section class="sheet stack builder-unopened" role="alert"><h1>${t("builder.unopened")}</h1>
    <p dir="auto">${trouble.message || t("shell.noAnswer")}</p>
    <div class="row"><${Button} kind="primary" onClick=${again}>${t("picker.again")}<//>
      <${Button} icon="back" onClick=${() => go({ view: "library" })}>${t("shell.library")}<//></div></section>`;
}
