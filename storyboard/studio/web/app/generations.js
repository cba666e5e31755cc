/**
 * Speaks the newest generation of the API in the guide's words, so that no view knows of it. What the
 * page was served with says which generation the studio has.
 */

/** Whether the studio has the newest generation's actions. */
export const isNext = document.documentElement.dataset.actions === "next";

const TAG = "storyboard"; // as the command line marks the avatars that it makes
const PAGE = 100;
const NEW_FORMATS = { "video-explainer": "explainer-video" };

/**
 * @typedef {(action: string, body: object, options: object) => Promise<any>} Send calls an action there is
 * @param {{ api: Send, catalog: Send, picture: (url: string, options: object) => Promise<Blob> }} to
 * @returns {Record<string, (body: any, options: object) => Promise<any>>} the guide's actions that differ
 */
export function newest({ api, catalog, picture }) {
  let templates = null;

  async function listed(action, asked, options) {
    const found = [];
    for (;;) {
      const pager = { offset: found.length, limit: PAGE };
      const { objects, totalCount } = await catalog(action, { ...asked, pager }, options);
      found.push(...objects);
      if (!objects.length || found.length >= totalCount) return found;
    }
  }

  function allTemplates(options) {
    templates ??= listed("avatar-template/list", {}, options).catch((trouble) => {
      templates = null;
      throw trouble;
    });
    return templates;
  }

  async function shown(avatar, options) {
    const template = (await allTemplates(options)).find(({ id }) => id === avatar.templateId);
    return { ...avatar, templateId: template ? nameOf(template) : avatar.templateId, background: guideGround(avatar) };
  }

  return {
    "avatarTemplate/list": async (_, options) => {
      const objects = (await allTemplates(options)).map((one) => ({ id: nameOf(one), name: one.name }));
      return { objects, totalCount: objects.length };
    },
    "avatar/get": async (body, options) => shown(await catalog("avatar/get", body, options), options),
    "avatar/preview": async (body, options) => {
      const { previewImageUrl } = await catalog("avatar/get", body, options);
      return picture(previewImageUrl, options);
    },
    "avatar/upsert": async ({ templateId, background }, options) => {
      const template = (await allTemplates(options)).find((one) => nameOf(one) === templateId);
      const ground = catalogGround(background);
      const made = await listed("avatar/list", { filter: { adminTagsIn: [TAG] } }, options);
      const found = made.find((one) => one.templateId === template?.id && isSame(one.background, ground));
      if (found) return shown(found, options);
      const asked = { templateId: template?.id ?? templateId, background: ground, adminTags: [TAG] };
      return shown(await catalog("avatar/create", asked, { ...options, repeat: false }), options);
    },
    "video/compose": ({ entryIds, formatType, ...rest }, options) => {
      const sources = entryIds.map((entryId) => ({ entryId }));
      return api("video/compose", { ...rest, formatType: NEW_FORMATS[formatType] ?? formatType, sources }, options);
    },
  };
}

const nameOf = ({ name }) => name.toLowerCase();

function catalogGround({ type, ...rest }) {
  return { type: type === "color" ? "color" : "visual", value: Object.values(rest)[0] };
}

/** Return a background as the guide writes it: of pictures, an entry's id has an underscore. */
function guideGround({ background: { type, value } }) {
  if (type === "color") return { type, color: value };
  return value.includes("_") ? { type: "entry", entryId: value } : { type: "library", id: value };
}

function isSame(one, other) {
  const value = (of) => (of.type === "color" ? of.value.toUpperCase() : of.value);
  return one.type === other.type && value(one) === value(other);
}
