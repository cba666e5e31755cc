// Builds elements out of plain values. Text becomes text nodes, never markup.

/** Return an element; `on…` are listeners, what is null or false is left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true && !name.includes("-") ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Return somebody's words: in their own direction, which leaves the page's alone. */
export function words(text, tag = "bdi", attributes = {}) {
  return el(tag, { dir: "auto", ...attributes }, String(text));
}

/**
 * Make the parts, [key, value, build], the children of a node. A part whose value is still the same
 * keeps its element, and with it focus, playback and what is unfolded; `build` is given the element
 * of before, which it may change and return.
 */
export function keep(parent, parts) {
  const old = new Map(Array.from(parent.children, (child) => [child.partKey, child]));
  const wanted = parts.map(([key, value, build]) => {
    const told = JSON.stringify(value) ?? "";
    const known = old.get(key);
    if (known && known.partValue === told) return known;
    const made = build(known ?? null);
    made.partKey = key;
    made.partValue = told;
    return made;
  });
  const stays = new Set(wanted);
  for (const child of Array.from(parent.childNodes)) if (!stays.has(child)) child.remove();
  wanted.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
}

/**
 * Return the element of before where it is made of the same, else a new one, with `change` made to it:
 * for what moves every second in something that may have the focus.
 */
export function renew(old, made, build, change) {
  const told = JSON.stringify(made);
  const node = old?.madeOf === told ? old : build();
  node.madeOf = told;
  change(node);
  return node;
}

/** Return a list of names and values; values are strings or elements. */
export function facts(pairs) {
  const known = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return el("dl", { class: "facts" }, known.map(([name, value]) =>
    el("div", {}, el("dt", {}, name), el("dd", {}, value instanceof Node ? value : words(value)))));
}

/** Return what stands where there is nothing: a sentence, and how to change that. */
export function nothing(title, text, command) {
  return el("section", { class: "nothing" },
    el("h2", {}, title), el("p", {}, text), command ? el("pre", {}, el("code", {}, command)) : null);
}

/** Return the note that a list was cut, or null. */
export function cut(shown, all, what) {
  return shown < all ? el("p", { class: "quiet" }, `The newest ${shown} of ${all} ${what}.`) : null;
}

/** Return a picture that says nothing besides the text around it, and is gone where it cannot be shown. */
export function picture(attributes) {
  return el("img", { alt: "", onerror: (event) => event.target.remove(), ...attributes });
}

/** Return an id that can be selected with one click. */
export function code(text) {
  return el("code", { class: "id" }, String(text));
}
