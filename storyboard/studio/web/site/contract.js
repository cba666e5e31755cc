// How this studio behaves where the documents leave it open, and the table of statuses.

import { code, el } from "./dom.js";

export const contract = {
  path: "contract",
  draw(seen, id, more) {
    const changed = more.switches.filter((one) => one.value !== one.default).length;
    const head = ["head", changed, () => el("header", { class: "head" }, el("h1", {}, "Contract"),
      el("p", { class: "quiet" }, "What the documents leave open is a switch: ",
        code("storyboard studio --contract NAME=VALUE"),
        changed ? `. ${changed} of them are not at their default.` : ". All are at their defaults."))];
    return {
      title: "Contract",
      parts: [
        head,
        ["switches", more.switches, () => el("ul", { class: "switches" }, more.switches.map(row))],
        ["table", more.table, () => table(more.table)],
      ],
    };
  },
};

function row(one) {
  return el("li", { "data-changed": one.value !== one.default },
    el("div", { class: "line" }, el("h2", {}, code(one.name)),
      el("span", { class: "sure", "data-sure": one.certainty }, one.certainty)),
    el("p", {}, one.meaning),
    el("p", { class: "values" }, one.values.map((value) => el("span", {
      class: "value", "aria-current": value === one.value ? "true" : null,
    }, value, value === one.default ? el("small", {}, " default") : null))),
    el("p", { class: "quiet" }, one.source));
}

function table(cells) {
  const operations = Object.keys(cells);
  const statuses = Object.keys(cells[operations[0]] ?? {});
  return el("section", {}, el("h2", {}, "What each action does in each status"),
    el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "table of statuses" },
      el("table", {},
        el("thead", {}, el("tr", {}, el("td"), statuses.map((name) => el("th", { scope: "col" }, name)))),
        el("tbody", {}, operations.map((name) => el("tr", {}, el("th", { scope: "row" }, name),
          statuses.map((status) => cell(cells[name][status]))))))));
}

function cell(told) {
  const refused = /^[A-Z_]+$/.test(told);
  return el("td", { "data-refused": refused }, refused ? told.replaceAll("_", "_\u200b") : told);
}
