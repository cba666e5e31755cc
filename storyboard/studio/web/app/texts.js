// All words, by key. English is the source; another language falls back to it, key by key.

import { computed, signal } from "../vendor/preact-htm-signals.js";
import en from "./texts/en.js";
import he from "./texts/he.js";

const LANGUAGES = { en, he };
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur", "yi"]);

/** The language that is asked for, a tag such as `he-IL`. */
export const language = signal("en");

/** The tag as browsers know it: a host may write `en_US`, or what is no language at all. */
const tag = computed(() => {
  try {
    return Intl.getCanonicalLocales(String(language.value).replaceAll("_", "-"))[0];
  } catch {
    return "en";
  }
});

/** Which of our languages the words are in. */
const chosen = computed(() => {
  const [main] = tag.value.split("-");
  return Object.hasOwn(LANGUAGES, main) ? main : "en";
});

/** "rtl" or "ltr", of the words that are shown. */
export const direction = computed(() => (RIGHT_TO_LEFT.has(chosen.value) ? "rtl" : "ltr"));

/** The locale for numbers, dates and plurals: that of the words. */
export const locale = computed(() => (tag.value.split("-")[0] === chosen.value ? tag.value : chosen.value));

/**
 * Return a text. `{name}` is filled from `values`; a text of forms, `{one: …, other: …}`, is chosen
 * by `values.n`. An unknown key is a fault of ours: it throws.
 * @param {string} key @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  const text = LANGUAGES[chosen.value][key] ?? en[key];
  if (text === undefined) throw new Error(`no text '${key}'`);
  const form = typeof text === "string" ? text : text[plural(values.n)] ?? text.other;
  return form.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? number(value) : value;
  });
}

/** Return a number as the language writes it. */
export function number(value, options) {
  return made("NumberFormat", options).format(value);
}

/** Return the words of a refusal: by its code, else what the API said. */
export function refusalText({ code, message }) {
  const key = `refusal.${code}`;
  return key in en ? t(key) : message;
}

/** Keep a name in its own direction within a sentence of the other. */
export function isolated(name) {
  return `\u2068${name}\u2069`;
}

function plural(n) {
  return made("PluralRules").select(Number(n));
}

/** Formats by what they are asked for: to make one takes as long as to use it hundreds of times. */
const formats = new Map();

function made(kind, options) {
  const key = JSON.stringify([kind, locale.value, options]);
  if (!formats.has(key)) formats.set(key, new Intl[kind](locale.value, options));
  return formats.get(key);
}
