// What stands around each view: header, banner, toasts, dialogs that any view opens.

import { html, useEffect, useErrorBoundary, useRef } from "../vendor/preact-htm-signals.js";
import { connection } from "./api.js";
import { Builder } from "./builder/builder.js";
import { door } from "./door.js";
import { Library } from "./library/library.js";
import { consoleOf, go, route } from "./router.js";
import { t } from "./texts.js";
import { Button } from "./ui/button.js";
import { OpenDialogs } from "./ui/dialog.js";
import { Icon } from "./ui/icon.js";
import { Toasts } from "./ui/toast.js";

/** The whole interface. */
export function Shell() {
  const [trouble, forget] = useErrorBoundary((error) => console.error(error));
  if (trouble) return html`<${Apart} state="failed" again=${forget} />`;
  return html`
    <a class="skip" href="#main" onClick=${toMain}>${t("shell.skip")}</a>
    <div class="upper-edge"><${Header} /><${Banner} /></div>
    <${Main} />
    <${Toasts} />
    <${OpenDialogs} />`;
}

function Header() {
  const home = (event) => {
    event.preventDefault();
    go({ view: "library" });
  };
  return html`
    <header class="top">
      <a class="brand" href="#library" onClick=${home}><${Icon} name="film" /> ${t("shell.title")}</a>
      <div class="top-slot" id="top-slot"></div>
      ${!door.isEmbedded && !door.signOut && html`<a class="quiet-link" href=${consoleOf(route.value)}>${t("shell.console")}</a>`}
      ${door.signOut && html`<button type="button" class="sign-out quiet-link" onClick=${door.signOut}>${t("signIn.out")}</button>`}
      ${door.settings.value.canClose &&
      html`<${Button} kind="bare" label=${t("shell.close")} icon="close" onClick=${door.close} />`}
    </header>`;
}

function Banner() {
  const state = connection.value;
  return html`<div role="status">${state !== "open" &&
    html`<p class="banner" data-state=${state}>${t(`shell.${state}`)}</p>`}</div>`;
}

function Main() {
  const { view, id } = route.value;
  const main = useRef(null);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) main.current.focus({ preventScroll: true });
    first.current = false;
    document.title = t("shell.title");
  }, [view, id]);
  return html`<main id="main" tabindex="-1" ref=${main}>
    ${view === "builder" ? html`<${Builder} id=${id} key=${id} />` : html`<${Library} />`}</main>`;
}

/** What is shown in place of the interface: it wants a key, or a page around it, or a view failed. */
export function Apart({ state, again, children }) {
  return html`<main class="apart"><section class="sheet">
    <h1>${t(`shell.${state}`)}</h1>
    ${state === "locked" && html`<p>${t("shell.locked.how")}</p>`}
    ${children}
    ${state === "alone" && html`<p>${t("shell.alone.how")}</p><a href="/studio/">${t("shell.title")}</a>`}
    ${state === "failed" && html`<${Button} kind="primary" onClick=${again ?? (() => location.reload())}>${t("shell.reload")}<//>`}
  </section></main>`;
}

function toMain(event) {
  event.preventDefault(); // the address belongs to the router
  document.getElementById("main").focus();
}
