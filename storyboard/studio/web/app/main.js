// Starts the interface by the door that its address names, and shows the view of the route.

import { effect, html, render } from "../vendor/preact-htm-signals.js";
import { door, useDoor } from "./door.js";
import { openEmbedded } from "./embedded.js";
import { watchPictures } from "./missed_pictures.js";
import { Locked, openOwnPage, takeKey } from "./own_page.js";
import { followAddress } from "./router.js";
import { Apart, Shell } from "./shell.js";
import { SigningIn } from "./signing_in.js";
import { direction, language, locale } from "./texts.js";
import { watchTranslations } from "./translated.js";
import { watchFocus } from "./ui/kept_focus.js";

const root = document.getElementById("app");

async function start() {
  wear(navigator.language, "");
  const isFrame = location.pathname.startsWith("/v1/");
  if (isFrame && parent === window) return show(html`<${Apart} state="alone" />`);
  try {
    useDoor(isFrame ? await openEmbedded() : await openOwnPage());
  } catch (trouble) {
    const isLocked = trouble instanceof Locked;
    const form = isLocked && html`<${SigningIn} entered=${waitForKey()} />`;
    show(html`<${Apart} state=${isLocked ? "locked" : "failed"}>${form}<//>`);
    if (!isLocked) throw trouble;
    return;
  }
  effect(() => wear(door.language.value || navigator.language, door.theme.value));
  followAddress();
  watchPictures();
  watchTranslations();
  watchFocus();
  show(html`<${Shell} />`);
}

/**
 * Start once an address with a key is opened here, and go on where the address of before leads.
 * @returns {() => void} how to start for who came in otherwise
 */
function waitForKey() {
  let wanted = location.hash;
  const enter = () => {
    removeEventListener("hashchange", look);
    history.replaceState(null, "", wanted || location.pathname);
    render(null, root);
    void start();
  };
  const look = () => {
    if (takeKey()) enter();
    else wanted = location.hash;
  };
  addEventListener("hashchange", look);
  return enter;
}

/** Put language, direction and theme on the document. */
function wear(tag, theme) {
  language.value = tag;
  const page = document.documentElement;
  page.lang = locale.value;
  page.dir = direction.value;
  if (theme) page.dataset.theme = theme;
  else delete page.dataset.theme;
}

function show(view) {
  root.replaceChildren();
  render(view, root);
}

/** A file that falls beside where it belongs does nothing: the browser would leave the page for it. */
addEventListener("dragover", (event) => {
  if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "none";
});

start();
