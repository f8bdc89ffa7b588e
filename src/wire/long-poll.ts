import { nameJsonType } from "./frame-fault";
import { isJsonArray, isJsonObject, type Json, ownField } from "./json";
import { parseJsonText } from "./json-text";
import type { MessageFault, PollFault } from "./poll-fault";
import { CONTENT_TYPE, VSN } from "./protocol";
import { failure, type Result, success } from "./result";
import { splitUrl } from "./socket-url";

/** How long the body of a request or an answer may be, in UTF-16 code units: the longest frame in base64 fits. */
export const MAX_POLL_CHARS = 128 * 1024 * 1024;

/** How many frames one POST may carry (wire.md 1.6). */
export const MAX_POST_LINES = 100;

/** What a long poll's request was answered with (wire.md 1.6). The HTTP status is always 200: this one counts. */
type PollAnswer = {
  readonly status: number;
  readonly token: string | null;
  /** The text of one frame each, not decoded. */
  readonly messages: readonly string[];
};

/** An answer as it came; `faults` tells of the messages that are no texts, and so are not among `messages`. */
type ReadPollAnswer = PollAnswer & { readonly faults: readonly MessageFault[] };

/** A frame that a client posted, not decoded: its text, or the base64 of a binary one. */
export type PostedFrame = { readonly text: string } | { readonly base64: string };

/** What the URL of a long poll says (wire.md 1.6). The token is a secret; null on the first GET, or in a header. */
type LongPollUrl = {
  /** The URL without its query and fragment. */
  readonly endpoint: string;
  readonly token: string | null;
  /** The serializer version; absent means `1.0.0`. */
  readonly vsn: string;
};

/**
 * Any text is accepted: nothing here needs a valid URL. The last token counts, as in the server's own query: an
 * application may have a connect param of that name, and the client puts the session's behind it.
 */
export function readLongPollUrl(url: string): LongPollUrl {
  const { endpoint, query } = splitUrl(url);
  return { endpoint, token: query.getAll("token").at(-1) || null, vsn: query.get("vsn") ?? VSN.v1 };
}

/**
 * The answer in the body of a GET or POST. An absent token is null, absent messages are none. A message that is no
 * text is a fault of its own: the others are kept.
 */
export function readPollAnswer(body: unknown): Result<ReadPollAnswer, PollFault> {
  const parsed = parseJsonText(body, MAX_POLL_CHARS);
  if (!parsed.ok) return parsed;
  const answer = parsed.value;
  if (!isJsonObject(answer)) return wrong("body", answer);
  const status = ownField(answer, "status");
  if (typeof status !== "number" || !Number.isSafeInteger(status)) return wrong("status", status);
  const token = ownField(answer, "token") ?? null;
  if (typeof token !== "string" && token !== null) return wrong("token", token);
  const elements = Object.hasOwn(answer, "messages") ? ownField(answer, "messages") : [];
  if (!isJsonArray(elements)) return wrong("messages", elements);
  const messages: string[] = [];
  const faults: MessageFault[] = [];
  for (const [at, element] of elements.entries()) {
    if (typeof element === "string") messages.push(element);
    else faults.push({ reason: "bad_message", at, found: nameJsonType(element) });
  }
  return success({ status, token, messages, faults });
}

/** The body of an answer. One without token and messages, as a POST gets it, has its status only. */
export function encodePollAnswer({ status, token, messages }: PollAnswer): string {
  if (token !== null) return JSON.stringify({ status, token, messages });
  return JSON.stringify(messages.length === 0 ? { status } : { status, messages });
}

/**
 * The frames in the body of a POST, in order (wire.md 1.6). Of `application/x-ndjson` each line that is not empty is
 * one: a text where it begins with `[` (V2) or `{` (V1), else the base64 of a binary push. `application/json` is one
 * text. An empty body holds none. Neither is decoded, so that one bad frame does not hide the others.
 */
export function readPollPost(
  body: string,
  contentType: string | null,
): Result<readonly PostedFrame[], PollFault> {
  const { length } = body;
  if (length > MAX_POLL_CHARS) {
    return failure({ reason: "too_long", length, limit: MAX_POLL_CHARS, unit: "characters" });
  }
  const [essence = ""] = (contentType ?? "").split(";", 1);
  switch (essence.trim().toLowerCase()) {
    case CONTENT_TYPE.ndjson:
      return readLines(body);
    case CONTENT_TYPE.json:
      return success(body === "" ? [] : [{ text: body }]);
    default:
      return failure({ reason: "unknown_content_type", found: contentType });
  }
}

function readLines(body: string): Result<readonly PostedFrame[], PollFault> {
  const frames: PostedFrame[] = [];
  for (let start = 0; start < body.length; ) {
    const found = body.indexOf("\n", start);
    const end = found === -1 ? body.length : found;
    const line = body.slice(start, body[end - 1] === "\r" ? end - 1 : end);
    start = end + 1;
    if (line === "") continue;
    if (frames.length === MAX_POST_LINES) return failure({ reason: "too_many_lines", limit: MAX_POST_LINES });
    frames.push(isTextLine(line) ? { text: line } : { base64: line });
  }
  return success(frames);
}

/**
 * The `application/x-ndjson` body that posts these frames. Strict, so that it reads as the same: too many of them, or
 * one that is empty, breaks its line or would be taken for the other sort, is a fault.
 */
export function encodePollPost(frames: readonly PostedFrame[]): Result<string, PollFault> {
  if (frames.length > MAX_POST_LINES) return failure({ reason: "too_many_lines", limit: MAX_POST_LINES });
  const lines: string[] = [];
  let length = Math.max(frames.length - 1, 0);
  for (const [at, frame] of frames.entries()) {
    const isText = "text" in frame;
    const line = isText ? frame.text : frame.base64;
    length += line.length;
    if (length > MAX_POLL_CHARS) {
      return failure({ reason: "too_long", length, limit: MAX_POLL_CHARS, unit: "characters" });
    }
    if (line === "" || isTextLine(line) !== isText || /[\r\n]/.test(line)) {
      return failure({ reason: "bad_line", at });
    }
    lines.push(line);
  }
  return success(lines.join("\n"));
}

function isTextLine(line: string): boolean {
  return line.startsWith("[") || line.startsWith("{");
}

function wrong(field: "body" | "status" | "token" | "messages", value: Json | undefined) {
  return failure<PollFault>({ reason: "bad_field", field, found: nameJsonType(value) });
}
