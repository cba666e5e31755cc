// The form by which a person with an app token comes in, in place of the key of whoever runs the studio.

import { html, useState } from "../vendor/preact-htm-signals.js";
import { ApiError } from "./api.js";
import { signIn } from "./own_page.js";
import { t } from "./texts.js";
import { Button } from "./ui/button.js";
import { Field } from "./ui/field.js";

const WRONG = new Set(["START_WIDGET_SESSION_ERROR", "APP_TOKEN_ID_NOT_FOUND", "INVALID_APP_TOKEN_HASH"]);
const OVER = new Set(["APP_TOKEN_EXPIRED", "APP_TOKEN_NOT_ACTIVE"]);

/** @param {{entered: () => void}} props `entered` is called once the tab has a session. */
export function SigningIn({ entered }) {
  const [trouble, say] = useState("");
  const [isBusy, setBusy] = useState(false);
  if (!globalThis.isSecureContext) return html`<p>${t("signIn.insecure")}</p>`;
  const submit = async (event) => {
    event.preventDefault();
    if (isBusy) return;
    const given = new FormData(event.currentTarget);
    const [partnerId, id, token] = ["partner", "id", "token"].map((name) => given.get(name).trim());
    setBusy(true);
    try {
      await signIn({ partnerId, id, token });
    } catch (cause) {
      setBusy(false);
      say(told(cause));
      return;
    }
    entered();
  };
  return html`<form class="sign-in" aria-labelledby="sign-in" onSubmit=${submit}>
    <h2 id="sign-in">${t("signIn.title")}</h2>
    <p>${t("signIn.how")}</p>
    <${Field} label=${t("signIn.partner")}><input name="partner" required inputmode="numeric" autocomplete="off" dir="ltr" /><//>
    <${Field} label=${t("signIn.id")}><input name="id" required autocomplete="username" spellcheck="false" dir="ltr" /><//>
    <${Field} label=${t("signIn.token")}>
      <input name="token" type="password" required autocomplete="current-password" dir="ltr" /><//>
    <p class="error" role="alert">${trouble}</p>
    <${Button} kind="primary" type="submit" busy=${isBusy}>${t("signIn.enter")}<//>
  </form>`;
}

function told(cause) {
  if (!(cause instanceof ApiError)) return cause.message;
  if (WRONG.has(cause.code)) return t("signIn.wrong");
  return OVER.has(cause.code) ? t("signIn.over") : cause.message;
}
