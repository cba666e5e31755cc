// The settings of the runtime `studio` (guide §11): their types, what is wrong with them, and what
// of them the frame gets. Knows no page.

const TYPES = ["fromScratch", "session-highlights", "video-explainer", "presentation-narration"];
const VIEWS = ["videoLibrary", "projectBuilder"];

/** Setting → type and whether it has to be there (guide §11). */
const SETTINGS = {
  ks: ["string", true],
  partnerId: ["number", true],
  kalturaServerURI: ["string", true],
  entryLink: ["function", false],
  handleShare: ["function", false],
  allowedProjectTypes: ["array", false],
  initialView: ["string", false],
  additionalEsearchFilters: ["object", false],
  loadThumbnailWithKS: ["boolean", false],
};

/** Return what is wrong with settings, in words; empty where they may be used. */
export function faults(settings) {
  const found = [];
  for (const [name, [type, isRequired]] of Object.entries(SETTINGS)) {
    const value = settings[name];
    const isAbsent = value === undefined || value === null || (value === "" && isRequired);
    if (isAbsent && isRequired) found.push(`${name}: Required, and it has to be a ${type}`);
    else if (!isAbsent && typeOf(value) !== type) {
      found.push(`${name}: Expected ${type}, received ${typeOf(value)}${advice(name, value)}`);
    }
  }
  const { partnerId, kalturaServerURI: uri, additionalEsearchFilters: filters } = settings;
  if (filters && !copied(filters)) found.push("additionalEsearchFilters: Expected JSON");
  if (typeOf(partnerId) === "number" && !(Number.isSafeInteger(partnerId) && partnerId >= 0)) {
    found.push("partnerId: Expected a whole number");
  }
  if (uri && typeof uri === "string" && !isWeb(uri)) found.push("kalturaServerURI: Expected a URL");
  return found;
}

function advice(name, value) {
  const isDigits = name === "partnerId" && /^\d+$/.test(value);
  return isDigits ? ` (write ${value} without quotation marks)` : "";
}

function typeOf(value) {
  if (Array.isArray(value)) return "array";
  return Number.isNaN(value) ? "nan" : typeof value;
}

/** Return data as a message may carry it; null where JSON has no words for it. */
function copied(value) {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch {
    return null;
  }
}

/** Return whether a text is an address of the web. */
export function isWeb(text) {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Say in the console what is no fault and yet not as the page may think. */
export function remark(given, home) {
  const { kalturaServerURI: uri, allowedProjectTypes: types, initialView: view } = given;
  const strange = Object.keys(given).filter((name) => !Object.hasOwn(SETTINGS, name));
  if (strange.length > 0) console.warn(`[Unisphere] unknown settings: ${strange.join(", ")}`);
  if (uri && new URL(uri).origin !== home) {
    console.info(`[Unisphere] the local studio ${home} answers itself; nothing is sent to ${uri}`);
  }
  const unknown = (types ?? []).filter((each) => !TYPES.includes(each));
  if (unknown.length > 0) console.warn("[Unisphere] unknown allowedProjectTypes:", unknown);
  if (view && !VIEWS.includes(view)) console.warn("[Unisphere] unknown initialView:", view);
}

/** Return what goes to the frame: plain data without the session, and which functions there are. */
export function plain({ ks, kalturaServerURI, entryLink, handleShare, ...rest }) {
  const known = Object.entries(rest).filter(([name, value]) => Object.hasOwn(SETTINGS, name) && value != null);
  const found = Object.fromEntries(known);
  // A page may keep them in proxies or with functions, which no message carries.
  if (found.additionalEsearchFilters) found.additionalEsearchFilters = copied(found.additionalEsearchFilters);
  found.allowedProjectTypes &&= found.allowedProjectTypes.filter((each) => TYPES.includes(each));
  if (!VIEWS.includes(found.initialView)) delete found.initialView;
  return { ...found, hasEntryLink: Boolean(entryLink), canShare: Boolean(handleShare) };
}
