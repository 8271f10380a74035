import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime.js';

/** Handlebars without its compiler. The package's types for this entry are empty, hence the one assertion. */
export const handlebarsRuntime = runtime as unknown as typeof Handlebars;
