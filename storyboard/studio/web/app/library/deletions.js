// Deletions that can be taken back: a video is out of sight at once, and deleted once the note that offers
// to take it back is gone. Until then the studio was told nothing, since its API brings nothing back.

/**
 * @param {object} given
 * @param {{ hide(id: string): void, show(id: string): void, remove(id: string): Promise<void> }} given.library
 * @param {(id: string) => unknown} given.removeLast sends it at once: the page goes away
 * @param {(act: () => unknown) => () => void} given.onKill as the door's
 * @param {() => () => void} given.hold has the browser ask before the page goes away, while that loses
 *   what is not sent; returns how to end that
 * @param {(cause: Error) => void} given.failed says why a video was not deleted
 */
export function createDeletions({ library, removeLast, onKill, hold, failed }) {
  /** How to take back those that were not sent, by video, the last one at the end. */
  const waiting = new Map();

  async function send(id) {
    try {
      await library.remove(id);
    } catch (cause) {
      failed(cause);
    }
  }

  return {
    /**
     * Take a video out of sight, to be deleted later.
     * @param {string} id
     * @param {(offer: { take: () => void, pass: () => void }) => () => void} offered offers to take it back
     *   and returns how to end the offer
     */
    begin(id, offered) {
      const decided = () => waiting.delete(id);
      const take = () => {
        if (!decided()) return;
        over();
        library.show(id);
      };
      const pass = () => decided() && send(id).finally(over);
      const unheld = hold();
      const unkilled = onKill(async () => {
        if (decided()) end();
        await removeLast(id); // also what is on its way: a page that goes away gives it up
      });
      const over = () => {
        unheld();
        unkilled();
      };
      library.hide(id);
      waiting.set(id, () => {
        take();
        end();
      });
      const end = offered({ take, pass });
    },
    /** Take back the deletion of a video, if it was not sent. */
    takeBack: (id) => waiting.get(id)?.(),
    /** Take back the last deletion that was not sent. @returns {boolean} false: there is none */
    takeBackLast() {
      const back = [...waiting.values()].at(-1);
      back?.();
      return Boolean(back);
    },
  };
}
