// Starts the interface by the door that its address names, and shows the view of the route.

import { effect, html, render } from "../vendor/preact-htm-signals.js";
import { door, useDoor } from "./door.js";
import { openEmbedded } from "./embedded.js";
import { Locked, openOwnPage } from "./own_page.js";
import { followAddress, go } from "./router.js";
import { Apart, Shell } from "./shell.js";
import { direction, language, locale } from "./texts.js";

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
    return undefined;
  }
  effect(() => wear(door.language.value || navigator.language, door.theme.value));
  followAddress();
  show(html`<${Shell} />`);
  if (!door.isEmbedded) addEventListener("hashchange", () => location.hash.startsWith("#key=") && go({ view: "library" }));
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

start();
