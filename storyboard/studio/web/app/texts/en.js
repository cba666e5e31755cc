// English, the source of all words; each part of the interface has a file of its own.

import builder from "./en/builder.js";
import compose from "./en/compose.js";
import library from "./en/library.js";
import pickers from "./en/pickers.js";
import refusals from "./en/refusals.js";
import shell from "./en/shell.js";

export default { ...shell, ...refusals, ...library, ...builder, ...pickers, ...compose };
