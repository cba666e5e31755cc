// Keeps what is said true in a page that the browser translates: a translator puts a `<font>` in the place
// of a text, and the text that we go on writing to is seen no more. "All is saved" would stay for ever.

/** Begin to look after the texts of a page. */
export function watchTranslations(page = document.body) {
  /** @type {WeakMap<Node, Element>} what stands in the place of a text */
  const instead = new WeakMap();
  const changed = ({ target }) => {
    const shown = instead.get(target);
    if (!shown?.isConnected) return;
    instead.delete(target);
    shown.replaceWith(target); // the translator takes it for a new text
  };
  const texts = new MutationObserver((records) => records.forEach(changed));
  const nodes = new MutationObserver((records) => {
    for (const record of records) {
      const shown = [...record.addedNodes, record.previousSibling, record.nextSibling].find(isTranslation);
      for (const text of shown ? record.removedNodes : []) {
        if (text.nodeType !== Node.TEXT_NODE || text.isConnected) continue;
        instead.set(text, shown);
        texts.observe(text, { characterData: true });
      }
    }
  });
  nodes.observe(page, { childList: true, subtree: true });
}

function isTranslation(node) {
  return node?.nodeName === "FONT";
}
