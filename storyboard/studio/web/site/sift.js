// A field that hides the rows of a list that have not all of its words; what is hidden stays where it is.

import { el } from "./dom.js";
import { hasWords } from "./search_words.js";

/** Return a way to sift rows. @param {string} rows a selector @param {string} what they are called */
export function createSift(rows, what, placeholder) {
  let wanted = "";

  function sift() {
    const all = document.querySelectorAll(rows);
    let left = 0;
    for (const one of all) {
      one.hidden = !hasWords(one.dataset.searched, wanted);
      if (!one.hidden) left += 1;
    }
    const said = document.getElementById("sifted");
    if (said) said.textContent = wanted.trim() ? `${left} of ${all.length} ${what}` : "";
  }

  return {
    /** Return the field, and what it leaves. */
    field: () => [
      el("label", { class: "filter" }, "Filter ", el("input", {
        type: "search", value: wanted, placeholder, dir: "auto",
        oninput: (event) => { wanted = event.target.value; sift(); },
      })),
      el("p", { class: "quiet", id: "sifted", role: "status" }),
    ],
    /** Sift once what is drawn now is there. */
    soon: () => queueMicrotask(sift),
  };
}
