// Has the browser ask before the page goes away, as long as something would be lost by that.

const holding = new Set();

/**
 * Ask before the page goes away while `holds()` is true. The words are the browser's.
 * @param {() => boolean} holds @returns {() => void} how to take that back
 */
export function holdPage(holds) {
  holding.add(holds);
  return () => void holding.delete(holds);
}

addEventListener("beforeunload", (event) => {
  if ([...holding].some((holds) => holds())) event.preventDefault();
});
