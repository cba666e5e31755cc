// What is shown without a key: how to get one, or a session to paste.

import { el } from "./dom.js";
import { useSession } from "./studio.js";

export function locked(look) {
  const field = el("input", {
    id: "ks", type: "password", autocomplete: "off", spellcheck: "false", required: true,
  });
  const opened = (event) => {
    event.preventDefault();
    if (!field.value.trim()) return;
    useSession(field.value.trim());
    event.target.dataset.tried = "";
    look();
  };
  return el("section", { class: "locked" },
    el("h1", {}, "This studio wants a key"),
    el("p", {}, "Open the address that ", el("code", {}, "storyboard studio"),
      " printed when it started: the key stands behind its ", el("code", {}, "#"),
      ". It is what ", el("code", {}, "storyboard studio key"), " prints, too."),
    el("form", { onsubmit: opened },
      el("label", { for: "ks" }, "Or paste an admin session, ", el("code", {}, "KALTURA_KS")),
      el("div", { class: "row" }, field, el("button", { type: "submit" }, "Open"))),
    el("p", { class: "refused", role: "status" }),
    el("p", { class: "quiet" }, "It is kept in this tab until you close it."));
}

/** Say that the pasted session does not do, if one was; what is typed stays. */
export function refuse(open) {
  const tried = "tried" in open.querySelector("form").dataset;
  open.querySelector(".refused").textContent = tried ? "this session does not open the page" : "";
}
