/** What a callback may answer with: at once, or later. */
export type Awaitable<Value> = Value | Promise<Value>;
