// Has the browser ask before the page goes away, as long as something would be lost by that.

const holding = new Set();

/**
 * Ask before the page goes away while `holds()` is true. The words are the browser's.
 * @param {() => boolean} holds @returns {() => void} how to take that back
 */
export function holdPage(holds) {
  holding.add(holds);
  addEventListener("beforeunload", asked);
  return () => {
    holding.delete(holds);
    // A page that listens is left less quickly, and some browsers keep none that does.
    if (holding.size === 0) removeEventListener("beforeunload", asked);
  };
}

function asked(event) {
  if ([...holding].some((holds) => holds())) event.preventDefault();
}
