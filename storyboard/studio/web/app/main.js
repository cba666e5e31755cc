// Starts the interface by the door that its address names, and shows the view of the route.

import { effect, html, render } from "../vendor/preact-htm-signals.js";
import { door, useDoor } from "./door.js";
import { openEmbedded } from "./embedded.js";
import { watchPictures } from "./missed_pictures.js";
import { Locked, openOwnPage, takeKey } from "./own_page.js";
import { followAddress } from "./router.js";
import { Apart, Shell } from "./shell.js";
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
    show(html`<${Apart} state=${trouble instanceof Locked ? "locked" : "failed"} />`);
    if (!(trouble instanceof Locked)) throw trouble;
    return waitForKey();
  }
  effect(() => wear(door.language.value || navigator.language, door.theme.value));
  followAddress();
  watchPictures();
  watchTranslations();
  watchFocus();
  show(html`<${Shell} />`);
}

/** Start once an address with a key is opened here, and go on where the address of before leads. */
function waitForKey() {
  let wanted = location.hash;
  const enter = () => {
    if (!takeKey()) {
      wanted = location.hash;
      return;
    }
    removeEventListener("hashchange", enter);
    history.replaceState(null, "", wanted || location.pathname);
    render(null, root);
    void start();
  };
  addEventListener("hashchange", enter);
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
