/** What JSON can say. Dates and URLs are sent as their text; an undefined member is left out. Nested 64 deep at most. */
export type Json = string | number | boolean | null | undefined | Date | URL | readonly Json[] | JsonObject;

/** An object of what JSON can say. */
export type JsonObject = { readonly [name: string]: Json };
