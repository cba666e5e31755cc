// Shares a film by whatever the door has for it; where the browser refuses, the address is shown.

import { html } from "../../vendor/preact-htm-signals.js";
import { door } from "../door.js";
import { t } from "../texts.js";
import { ask, Dialog } from "../ui/dialog.js";
import { Field } from "../ui/field.js";
import { webAddress } from "../web_address.js";

/**
 * Share a film, and return what there is to say of it.
 * @param {string} entryId @returns {Promise<{text: string, isBad?: boolean} | null>} null: the host says it
 */
export async function share(entryId) {
  try {
    const isShared = await door.share(entryId);
    if (!isShared) return { text: t("library.hostShared.not"), isBad: true };
    return door.isEmbedded ? null : { text: t("library.shared") };
  } catch (cause) {
    const address = webAddress(await door.entryLink(entryId));
    if (address === null) return { text: t("library.notShared", { reason: cause.message }), isBad: true };
    await ask((done) => html`<${AddressDialog} address=${address} onClose=${() => done()} />`);
    return null;
  }
}

function AddressDialog({ address, onClose }) {
  const select = (event) => event.target.select();
  return html`<${Dialog} title=${t("film.address")} onClose=${onClose}>
    <${Field} label=${t("film.addressHow")}>
      <input type="text" dir="ltr" readonly data-first value=${address} onFocus=${select} /><//>
  <//>`;
}
