// What a page imports to embed the studio: `loader`, and the workspace it gives (guide §11).
// Runs in other people's pages: no dependency, nothing global, nothing kept in a storage.

const OWN = new URL(import.meta.url).origin;
const PREFIX = "unisphere.widget.";
const noted = new Set();

/** Return a workspace once its runtimes are loaded or refused; rejects without a manifest. */
export async function loader(options) {
  const { serverUrl, appId, runtimes, session, ui } = options ?? {};
  if (!serverUrl) throw new Error("[Unisphere] loader: 'serverUrl' is required");
  if (!appId) throw new Error("[Unisphere] loader: 'appId' is required");
  const base = String(serverUrl).replace(/\/+$/, "");
  const manifest = await fetched(`${base}/runtime.json`);
  const isOwn = new URL(base, location.href).origin === OWN || manifest.studio === OWN;
  if (!isOwn) warnOnce(`the manifest is from ${base}, but the studio that is shown is ${OWN}`);
  const workspace = new Workspace(manifest, (isOwn && manifest.studio) || OWN, session, ui ?? {});
  await Promise.all((runtimes ?? []).map((each) => workspace.start(each)));
  return workspace.face;
}

async function fetched(address) {
  let reply;
  try {
    reply = await fetch(address, { credentials: "omit" });
    if (reply.ok) return await reply.json();
  } catch (cause) {
    throw new Error(`[Unisphere] ${address} is not reachable`, { cause });
  }
  throw new Error(`[Unisphere] ${address} answers ${reply.status}`);
}

class Workspace {
  #manifest;
  #home;
  #ui;
  #session;
  #services;
  #places = new Map(); // of each runtime that was asked for, waited for or listened to
  #status = "active";
  #ended = null;

  constructor(manifest, home, session, ui) {
    this.#manifest = manifest;
    this.#home = home;
    this.#ui = ui;
    this.#session = store({ ...session });
    this.#services = services(ui);
  }

  /** What the page gets. */
  get face() {
    return {
      session: this.#session,
      getRuntime: (widget, runtime) => this.#place(widget, runtime).runtime,
      getRuntimeAsync: (widget, runtime) => this.#soon(this.#place(widget, runtime)),
      onRuntimeLoaded: (widget, runtime, heard) => this.#listen(this.#place(widget, runtime), heard),
      loadRuntime: async (widgetName, runtimeName, settings, flavor) => ({
        runtime: await this.start({ widgetName, runtimeName, settings, flavor }),
      }),
      getService: (id) => this.#service(id),
      getStatus: () => this.#status,
      getEnvName: () => this.#manifest.env ?? "local",
      kill: () => this.#kill(),
    };
  }

  /** Load a runtime, or give one that is there new settings; null where it is refused. */
  async start({ widgetName, runtimeName, settings, visuals }) {
    const place = this.#place(widgetName, runtimeName);
    place.starting = Promise.resolve(place.starting).then(() => this.#load(place, settings ?? {}, visuals ?? []));
    return place.starting;
  }

  async #load(place, settings, visuals) {
    if (this.#status !== "active") return null;
    if (place.runtime) {
      place.runtime.updateSettings(settings);
    } else {
      place.status = "loading";
      const loaded = await this.#made(place, settings, visuals);
      if (this.#status !== "active") {
        loaded?.kill();
        return null;
      }
      place.runtime = loaded;
      place.status = loaded ? "loaded" : "error";
      for (const settle of place.waiting.splice(0)) settle(loaded);
      if (loaded) for (const heard of [...place.listeners]) tell(heard, loaded);
    }
    if (place.runtime) for (const visual of visuals) await mounted(place.runtime, visual);
    return place.runtime;
  }

  async #made({ widget, name }, settings, visuals) {
    const version = this.#version(widget, name);
    if (!version) {
      console.warn(`[Unisphere] '${widget}' / '${name}' is not in the manifest of ${this.#home}`);
      return null;
    }
    const folder = `/v1/static/modules/${widget.replace(PREFIX, "")}/v${version}/runtime/${name}`;
    try {
      const { create } = await import(`${this.#home}${folder}/index.esm.js`);
      return create({
        widgetName: widget,
        runtimeName: name,
        version,
        home: this.#home,
        settings,
        visuals,
        ui: this.#ui,
        session: this.#session,
        getService: (id) => this.#services[id],
      });
    } catch (trouble) {
      console.error(`[Unisphere] '${widget}' / '${name}' could not be loaded`, trouble);
      return null;
    }
  }

  #version(widget, name) {
    return this.#manifest.versions?.widgets?.[widget]?.runtimes?.[name]?.version;
  }

  #place(widget, name) {
    const key = `${widget} ${name}`;
    if (!this.#places.has(key)) {
      const parts = { runtime: null, status: "requested", waiting: [], listeners: new Set() };
      this.#places.set(key, { widget, name, ...parts });
    }
    return this.#places.get(key);
  }

  /** Resolve with a runtime, or with null if none will come. */
  #soon(place) {
    const isLost = place.status === "error" || !this.#version(place.widget, place.name);
    if (place.runtime || isLost || this.#status !== "active") return Promise.resolve(place.runtime);
    return new Promise((resolve) => place.waiting.push(resolve));
  }

  #listen(place, heard) {
    place.listeners.add(heard);
    if (place.runtime) tell(heard, place.runtime);
    return () => void place.listeners.delete(heard);
  }

  #service(id) {
    if (Object.hasOwn(this.#services, id)) return this.#services[id];
    warnOnce(`the local studio has no service '${id}'`);
    return null;
  }

  /** Resolve once all that was typed is saved. */
  #kill() {
    if (this.#status === "active") this.#ended = this.#end();
    return this.#ended;
  }

  async #end() {
    this.#status = "deactivated";
    const ends = [];
    for (const place of this.#places.values()) {
      ends.push(place.runtime?.kill());
      place.runtime = null;
      place.listeners.clear();
      for (const settle of place.waiting.splice(0)) settle(null);
    }
    this.#session.setData({});
    await Promise.all(ends);
  }
}

async function mounted(runtime, visual) {
  try {
    await runtime.mountVisual(visual);
  } catch (trouble) {
    console.error("[Unisphere] a visual could not be mounted", trouble); // the runtime goes on
  }
}

/** Return a value that is listened to; `setData` takes the next one, or how to make it. */
function store(first) {
  let value = first;
  const heard = channel();
  return {
    getData: () => value,
    setData(next) {
      value = typeof next === "function" ? next(value) : next;
      heard.tell(value);
    },
    subscribe: (listener, { replayLastValue = false } = {}) => {
      if (replayLastValue) tell(listener, value);
      return heard.add(listener);
    },
  };
}

function channel() {
  const listeners = new Set();
  return {
    size: () => listeners.size,
    tell: (...values) => [...listeners].forEach((listener) => tell(listener, ...values)),
    add(listener) {
      const mine = (...values) => listener(...values); // the same function may listen twice
      listeners.add(mine);
      return () => void listeners.delete(mine);
    },
  };
}

/** Call what a page gave; its faults are its own, and stop nothing of ours. */
function tell(listener, ...values) {
  try {
    listener(...values);
  } catch (trouble) {
    console.error("[Unisphere] a listener failed", trouble);
  }
}

function services(ui) {
  return {
    "unisphere.service.pub-sub": pubSub(),
    "unisphere.service.storage": storage(),
    "unisphere.service.theme": theme(ui.theme ?? ""),
    "unisphere.service.user-settings": userSettings(ui.language ?? ""),
    "unisphere.service.logger": { getOrCreateLogger: logger },
  };
}

function pubSub() {
  const channels = new Map();
  const last = new Map();
  const changed = channel();
  const of = (id) => channels.get(id) ?? channels.set(id, channel()).get(id);
  return {
    emit({ id, version, payload }) {
      const event = { ...payload, id, version, payload }; // hosts read it in both shapes
      last.set(id, event);
      of(id).tell(event);
    },
    subscribe(id, listener, { replayLastValue = false } = {}) {
      if (replayLastValue && last.has(id)) tell(listener, last.get(id));
      const off = of(id).add(listener);
      changed.tell();
      return () => (off(), changed.tell());
    },
    isHeard: (id) => of(id).size() > 0,
    onSubscribersChanged: changed.add,
  };
}

function storage() {
  const spaces = new Map();
  const of = (space, name) => {
    const key = JSON.stringify([space, name]);
    return spaces.get(key) ?? spaces.set(key, store(undefined)).get(key);
  };
  return {
    update: (space, name, value) => of(space, name).setData(value),
    get: (space, name) => of(space, name).getData(),
    subscribe: (listener, { namespace, property, emitLastValue = false }) =>
      of(namespace, property).subscribe(listener, { replayLastValue: emitLastValue }),
  };
}

function theme(first) {
  const value = store(first);
  return {
    getTheme: value.getData,
    setTheme: value.setData,
    onThemeChanged: value.subscribe,
    injectStyles(widget, runtime, texts) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync([texts].flat().join("\n"));
      document.adoptedStyleSheets.push(sheet);
      const rest = () => document.adoptedStyleSheets.filter((each) => each !== sheet);
      return { remove: () => void (document.adoptedStyleSheets = rest()) };
    },
  };
}

function userSettings(first) {
  const value = store(first);
  return {
    getLanguage: value.getData,
    setLanguage: value.setData,
    onLanguageChanged: value.subscribe,
  };
}

function logger(type, name) {
  const say = (level) => [level, (...said) => console[level](`[${type}/${name}]`, ...said)];
  return Object.fromEntries(["log", "debug", "warn", "error"].map(say));
}

function warnOnce(text) {
  if (noted.has(text)) return;
  noted.add(text);
  console.warn(`[Unisphere] ${text}`);
}
