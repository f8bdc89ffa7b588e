import { MARKER } from "./protocol";
import { failure, type Result, success } from "./result";

/**
 * How many steps a pointer may take. With `MAX_JSON_DEPTH` it bounds the depth of a tree that many patches built.
 */
export const MAX_POINTER_TOKENS = 1000;

/** Why a text is no JSON Pointer. */
export type PointerFault =
  | { readonly reason: "no_leading_slash" }
  | { readonly reason: "bad_escape" }
  | { readonly reason: "too_long"; readonly tokens: number };

/**
 * The reference tokens of a JSON Pointer (RFC 6901), escapes decoded: `""` has none, `"/"` has one empty one. Strict:
 * a `~` that starts neither `~0` nor `~1` is a fault (RFC 6901 section 3).
 */
export function parsePointer(pointer: string): Result<readonly string[], PointerFault> {
  if (pointer === "") return success([]);
  if (pointer.charCodeAt(0) !== 47) return failure({ reason: "no_leading_slash" });
  const tokens = pointer.split("/");
  tokens.shift();
  if (tokens.length > MAX_POINTER_TOKENS) return failure({ reason: "too_long", tokens: tokens.length });
  if (!pointer.includes("~")) return success(tokens);
  if (/~(?![01])/.test(pointer)) return failure({ reason: "bad_escape" });
  // RFC 6901 section 4: first ~1, then ~0, so that ~01 becomes ~1 and not a slash.
  return success(tokens.map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~")));
}

/** A pointer that was read before, its tokens, and whether certain ones are among them. */
export type ReadPointer = {
  readonly path: string;
  readonly tokens: readonly string[];
  readonly has_store_id: boolean;
  readonly has_proto: boolean;
};

/** Pointers that are remembered: the envelopes of a session lead to the same places over and over. */
const MAX_REMEMBERED_POINTERS = 8192;
const remembered = new Map<string, ReadPointer>();

/**
 * `parsePointer` with a memory. The `path` that it gives is the same string each time, so that whoever keeps many
 * pointers keeps each only once.
 */
export function readPointer(path: string): ReadPointer | PointerFault {
  const known = remembered.get(path);
  if (known !== undefined) return known;
  const parsed = parsePointer(path);
  if (!parsed.ok) return parsed.failure;
  const tokens = parsed.value;
  const [has_store_id, has_proto] = [tokens.includes(MARKER.storeId), tokens.includes("__proto__")];
  const pointer: ReadPointer = { path, tokens, has_store_id, has_proto };
  if (path.length > MAX_REMEMBERED_CHARS) return pointer;
  if (remembered.size >= MAX_REMEMBERED_POINTERS) remembered.clear();
  remembered.set(path, pointer);
  return pointer;
}

const MAX_REMEMBERED_CHARS = 200;

/** The JSON Pointer of these reference tokens. */
export function formatPointer(tokens: readonly string[]): string {
  return tokens.map((token) => `/${token.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/**
 * An array index as RFC 6901 section 4 writes it: decimal digits without leading zeros. Null for any other token,
 * `-` included.
 */
export function parseIndex(token: string): number | null {
  if (token === "0") return 0;
  if (token.length > 10) return null;
  let index = 0;
  for (let at = 0; at < token.length; at++) {
    const digit = token.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9 || (digit === 0 && at === 0)) return null;
    index = index * 10 + digit;
  }
  return token === "" ? null : index;
}
