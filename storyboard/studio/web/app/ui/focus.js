// Where the focus may go: a person who types in the page around the frame keeps it.

/** Whether this document may take the focus by itself: a frame only while the person is in it. */
export function mayTakeFocus() {
  return parent === window || document.hasFocus();
}
