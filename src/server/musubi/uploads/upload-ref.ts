/** Gives `count` bytes that nobody can guess; `node:crypto`'s `randomBytes` outside of tests. */
export type RandomBytes = (count: number) => Uint8Array;

/** 8 bytes are 11 base64url characters. */
const REF_BYTES = 8;

/** A new entry's ref: `u_` and 11 base64url characters (wire.md 9.1). */
export function createEntryRef(randomBytes: RandomBytes): string {
  return `u_${Buffer.from(randomBytes(REF_BYTES)).toString("base64url")}`;
}
