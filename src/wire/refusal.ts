import { isJsonObject, type Json, ownField } from "./json";
import { REPLY_STATUS } from "./protocol";
import { readReply } from "./reply";

/**
 * The reasons with which Musubi itself refuses a push (wire.md 11), and what each means. An app's own reasons are not
 * among them: what they mean, only the app knows.
 */
const MUSUBI: ReadonlyMap<string, string> = new Map([
  ["missing required field", "A field that the message needs is absent or empty."],
  ["missing root id", "The mount names no id."],
  ["params must be a map", "Mount parameters have to be an object."],
  ["root already mounted", "A root of this id is mounted on the connection already."],
  ["already_mounted", "This root is mounted on the connection already."],
  ["unknown root", "No such root is mounted, or the server's socket does not declare its module."],
  ["declared store is not a root store", "Only a root store can be mounted by a page."],
  ["unknown store", "No store of the root has this id; it may have gone before the message came."],
  ["unknown command", "The store declares no command of this name."],
  ["unknown upload", "The store declares no upload of this name."],
  ["missing Musubi socket", "The server's endpoint is not set up for Musubi."],
  ["missing Musubi connection socket", "The server's endpoint is not set up for Musubi."],
  ["internal error", "The server's log says more."],
  ["missing module", "The join names no module."],
  ["missing id", "The join names no id."],
]);

/** The D variant's reasons that have a module in them: `module "Shop.Cart" is not loadable`. */
const MODULE_REASON = /^module ".*" is not (in the channel allowlist|loadable|a Musubi root store)$/s;
const MODULE_MEANINGS: ReadonlyMap<string | undefined, string> = new Map([
  ["in the channel allowlist", "The channel does not let pages mount this module."],
  ["loadable", "The server has no module of this name."],
  ["a Musubi root store", "Only a root store can be mounted by a page."],
]);

const PHOENIX: ReadonlyMap<string, string> = new Map([
  ["join crashed", "The server's code failed while the channel was being joined; its log says more."],
  ["unmatched topic", "The server has no channel for this topic, or the page has not joined it."],
  ["too many channels joined", "The server limits the channels of one socket."],
]);

/** Musubi's word, and that of many apps. */
const UNAUTHORIZED = "unauthorized";
const UNAUTHORIZED_MEANING = "The server does not let this page in.";

/**
 * The words that servers share, in lower case and without spaces, `_`, `-` and `:`, so that `:not_found`, `Not found`
 * and `notFound` are one. What an app means beyond the word, only the app knows.
 */
const WORDS: ReadonlyMap<string, ErrorWord> = new Map([
  ["forbidden", "forbidden"],
  ["notfound", "not_found"],
  ["noop", "noop"],
  ["invalid", "invalid"],
  ["invalidparams", "invalid"],
  ["badrequest", "invalid"],
  ["ratelimited", "rate_limited"],
  ["ratelimit", "rate_limited"],
  ["ratelimitexceeded", "rate_limited"],
  ["toomanyrequests", "rate_limited"],
  [UNAUTHORIZED, UNAUTHORIZED],
]);

/** Longer texts are sentences, and no word. */
const MAX_WORD_CHARS = 40;

type ErrorWord = "forbidden" | "not_found" | "noop" | "invalid" | "rate_limited" | "unauthorized";

/** What an error reply says: its own word, who speaks, and what it means where that is known. */
export type ErrorReply = {
  readonly kind: ErrorWord | "musubi" | "phoenix" | "other";
  /** Verbatim; null where the response has none. */
  readonly reason: string | null;
  readonly meaning: string | null;
};

/** A hook's denial: in the app's own words, so that there is no meaning to tell. */
type Denial = { readonly kind: ErrorWord | "other"; readonly reason: string | null };

/** Why a server refused a push, in its own word, and what that means. */
export type Refusal = { readonly reason: string; readonly meaning: string };

/**
 * What the payload of a reply says went wrong; null where it is no reply, or one of status `ok`. The word that decides
 * is the first string among `code`, `error` and `reason` of the response (wire.md 11).
 */
export function classifyError(payload: Json): ErrorReply | null {
  const reply = readReply(payload);
  if (reply === null || reply.status === REPLY_STATUS.ok) return null;
  const reason = findReason(reply.response);
  if (reason === null) return { kind: "other", reason, meaning: null };
  const musubi = MUSUBI.get(reason) ?? MODULE_MEANINGS.get(MODULE_REASON.exec(reason)?.[1]);
  if (musubi !== undefined) return { kind: "musubi", reason, meaning: musubi };
  const phoenix = PHOENIX.get(reason);
  if (phoenix !== undefined) return { kind: "phoenix", reason, meaning: phoenix };
  const kind = classifyWord(reason);
  return { kind, reason, meaning: kind === UNAUTHORIZED ? UNAUTHORIZED_MEANING : null };
}

/**
 * The denial by a hook in the payload of a reply: one of status `ok` whose response has `ok: false`, such as
 * `{"ok":false,"reason":"unauthorized"}` (wire.md 11). Null for any other.
 */
export function classifyDenial(payload: Json): Denial | null {
  const reply = readReply(payload);
  if (reply?.status !== REPLY_STATUS.ok || !isJsonObject(reply.response)) return null;
  if (ownField(reply.response, "ok") !== false) return null;
  const reason = findReason(reply.response);
  return { kind: reason === null ? "other" : classifyWord(reason), reason };
}

/**
 * The refusal in the payload of a reply of status `error`; null where it is none, or one in the app's own words.
 * Musubi and Phoenix give the `reason` only, and write it in one way.
 */
export function readRefusal(payload: Json): Refusal | null {
  const error = classifyError(payload);
  const reply = readReply(payload);
  if (error === null || reply?.status !== REPLY_STATUS.error || !isJsonObject(reply.response)) return null;
  const { kind, reason, meaning } = error;
  if (reason === null || meaning === null || ownField(reply.response, "reason") !== reason) return null;
  return kind !== UNAUTHORIZED || reason === UNAUTHORIZED ? { reason, meaning } : null;
}

function findReason(response: Json): string | null {
  if (!isJsonObject(response)) return null;
  for (const key of ["code", "error", "reason"]) {
    const value = ownField(response, key);
    if (typeof value === "string") return value;
  }
  return null;
}

function classifyWord(reason: string): ErrorWord | "other" {
  if (reason.length > MAX_WORD_CHARS) return "other";
  return WORDS.get(reason.toLowerCase().replace(/[\s_:-]/g, "")) ?? "other";
}
