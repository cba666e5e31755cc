// Hebrew; each part of the interface has a file of its own.

import builder from "./he/builder.js";
import compose from "./he/compose.js";
import library from "./he/library.js";
import pickers from "./he/pickers.js";
import refusals from "./he/refusals.js";
import shell from "./he/shell.js";

export default { ...shell, ...refusals, ...library, ...builder, ...pickers, ...compose };
