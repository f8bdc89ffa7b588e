/** What a store keeps on the server: any values under any names. */
export type Assigns = { readonly [key: string]: unknown };

/** Of a store that has assigned nothing yet. */
export type NoAssigns = Record<never, never>;
