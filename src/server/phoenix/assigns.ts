/** What a socket or a store keeps between messages: any values under any names. */
export type Assigns = { readonly [key: string]: unknown };

/** Of one that has assigned nothing. */
export type NoAssigns = Record<never, never>;
