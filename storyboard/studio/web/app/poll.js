// Asks again and again while there is something to wait for: as often as the guide says, one question
// at a time, none while the tab is hidden. Knows neither what is asked nor of whom.

/** Milliseconds between an answer and the next question (guide §9). */
export const EVERY = 10_000;

/**
 * Return a poll that asks nothing until it is wanted.
 *
 * A tab that comes back asks at once. What `ask` throws goes to `fail`, and the asking goes on.
 * @param {() => Promise<unknown>} ask
 * @param {{every?: number, page?: Document, timers?: Pick<Window, "setTimeout"|"clearTimeout">,
 *   fail?: (cause: unknown) => void}} [options]
 */
export function createPoll(ask, options = {}) {
  const { every = EVERY, page = document, timers = window, fail = () => {} } = options;
  let wanted = false;
  let asking = false;
  let ended = false;
  let timer = null;

  function plan(wait = every) {
    timers.clearTimeout(timer);
    timer = wanted && !asking && !page.hidden ? timers.setTimeout(turn, wait) : null;
  }

  async function turn() {
    asking = true;
    try {
      await ask();
    } catch (cause) {
      fail(cause);
    } finally {
      asking = false;
      plan();
    }
  }

  const seen = () => plan(page.hidden ? every : 0);
  page.addEventListener("visibilitychange", seen);

  return {
    /** Say whether there is something to wait for. */
    want(value) {
      if (wanted === value || ended) return;
      wanted = value;
      plan();
    },
    /** Ask no more, for good. */
    end() {
      ended = true;
      wanted = false;
      plan();
      page.removeEventListener("visibilitychange", seen);
    },
  };
}
