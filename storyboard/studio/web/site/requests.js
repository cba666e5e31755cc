// The last calls of the avatar API and of the v3 services, newest first, each to be sent again.

import { el, keep, nothing, words } from "./dom.js";
import { clock } from "./format.js";
import { createSift } from "./sift.js";

const sift = createSift("ol.calls > li", "rows", "video/add, refused, user, …");

export const requests = {
  path: "journal",
  draw(seen, id, more) {
    const calls = more.objects;
    const head = ["head", null, () => el("header", { class: "head" }, el("h1", {}, "Requests"),
      el("p", { class: "quiet" }, "without their sessions and secrets"),
      sift.field())];
    const empty = ["empty", null, () => nothing("No requests yet",
      "Every call of the avatar API and of the v3 services is kept here, without its session.")];
    const list = ["list", calls, () => {
      const node = document.querySelector("ol.calls") ?? el("ol", { class: "calls" });
      keep(node, numbered(runs(more.objects)));
      sift.soon();
      return node;
    }];
    return { title: "Requests", parts: [head, calls.length ? list : empty] };
  },
};

/** Return the calls, oldest first, as runs of calls that are alike but for their time. */
function runs(calls) {
  const found = [];
  for (const call of calls) {
    const alike = JSON.stringify([call.curl, call.user, call.status, call.code, call.fault]);
    const last = found.at(-1);
    if (last && last.alike === alike) Object.assign(last, { call, times: last.times + 1 });
    else found.push({ alike, call, times: 1, key: `${call.at} ${alike}` });
  }
  return found;
}

/** Return a part a run, newest first; two may have begun in the same millisecond. */
function numbered(found) {
  const known = new Map();
  const parts = found.map(({ key, call, times }) => {
    known.set(key, (known.get(key) ?? 0) + 1);
    return [`${known.get(key)} ${key}`, times, (old) => recount(old ?? row(call), call, times)];
  });
  return parts.reverse();
}

/** Say when the last call of a run was, and how many there were. */
function recount(node, call, times) {
  const time = node.querySelector("time");
  time.dateTime = call.at;
  time.textContent = clock(call.at);
  node.querySelector(".times").textContent = times > 1 ? `× ${times}` : "";
  node.querySelector(".took").textContent = `${Math.round(call.milliseconds)} ms`;
  return node;
}

function row(call) {
  const trouble = call.code ?? (call.fault ? `fault: ${call.fault}` : null);
  const answer = call.status === null ? "no answer" : String(call.status);
  const sender = call.user ?? "no session";
  const whose = call.file ?? call.body.name ?? call.body.id ?? "";
  const searched = [call.api, call.action, whose, sender, answer, trouble ?? "", trouble ? "refused" : ""].join(" ");
  return el("li", { "data-searched": searched }, el("details", {},
    el("summary", {},
      el("time"),
      el("span", {}, words(call.action, "code", { class: "action" }),
        words(whose, "bdi", { class: "whose" }), el("span", { class: "times" })),
      words(sender, "bdi", { class: "sender quiet" }),
      el("span", { class: "answer", "data-trouble": trouble !== null || call.status === null },
        trouble ?? answer),
      el("span", { class: "quiet took" })),
    el("div", { class: "call" },
      el("pre", { tabindex: "0", "aria-label": "body" }, words(JSON.stringify(call.body, null, 2), "code")),
      copier(call.curl))));
}

/** Return the button; where the browser has no clipboard for us, the command is shown, selected. */
function copier(curl) {
  const said = el("span", { role: "status", class: "quiet" });
  const shown = el("textarea", { readonly: true, rows: 3, hidden: true, "aria-label": "curl command" });
  shown.value = curl;
  const copied = async () => {
    try {
      await navigator.clipboard.writeText(curl);
      said.textContent = "copied; it takes the address, the session and secrets from the variables";
    } catch {
      shown.hidden = false;
      shown.select();
      said.textContent = "press Ctrl-C to copy it";
    }
  };
  return el("div", {},
    el("p", { class: "line" }, el("button", { type: "button", onclick: copied }, "copy as curl"), said),
    shown);
}
