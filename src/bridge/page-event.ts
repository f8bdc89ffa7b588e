import { isArrayBuffer, isBoolean, isCount, isObject, isStrings } from "./guard";

/**
 * What a page's tap and content script saw, on its way to the host. `at` is milliseconds since 1970 with fractions;
 * `socket` counts the sockets of one document from 1. The host turns these into session events.
 */
export type PageEvent =
  | {
      readonly type: "socket";
      readonly at: number;
      readonly socket: number;
      readonly url: string;
      readonly transport: Transport;
      readonly protocols: readonly string[];
    }
  | { readonly type: "open"; readonly at: number; readonly socket: number; readonly protocol: string }
  | {
      readonly type: "out" | "in";
      readonly at: number;
      readonly socket: number;
      readonly data: string | ArrayBuffer;
    }
  | { readonly type: "error"; readonly at: number; readonly socket: number }
  | {
      readonly type: "close";
      readonly at: number;
      readonly socket: number;
      readonly code: number;
      readonly reason: string;
      readonly clean: boolean;
    }
  | {
      readonly type: "page";
      readonly at: number;
      readonly phase: PagePhase;
      readonly url: string;
      readonly title: string;
    }
  /** This many events could not be kept. `socket` where they all belonged to one. */
  | {
      readonly type: "gap";
      readonly at: number;
      readonly socket?: number;
      readonly events: number;
      readonly bytes: number;
      readonly why: string;
    }
  /**
   * Earlier history of a root or a channel on `socket`, folded into its state. `text` is the JSON of session-format.md's
   * `base`, without `type`, `t` and `socket`.
   */
  | { readonly type: "base"; readonly at: number; readonly socket: number; readonly text: string }
  /** Something that claimed to be an event and is none; `text` shows what arrived. */
  | { readonly type: "broken"; readonly at: number; readonly text: string; readonly why: string };

export type Transport = "websocket" | "longpoll";

export type PagePhase = "load" | "hide" | "show" | "unload";

/** Frame bytes that an event carries: characters of a text frame, bytes of a binary one, 0 for any other event. */
export function frameSize(event: PageEvent): number {
  if (event.type !== "out" && event.type !== "in") return 0;
  return typeof event.data === "string" ? event.data.length : event.data.byteLength;
}

/** Frame bytes that an event stands for: its own, or those that its gap tells of. */
export function accountedBytes(event: PageEvent): number {
  return event.type === "gap" ? event.bytes : frameSize(event);
}

/**
 * The largest frame that is carried from a page. Chrome refuses a message over 64 MB between extension contexts, and a
 * character may take two bytes of it.
 */
export const MAX_FRAME_BYTES = 16 * 1024 * 1024;

/** The most characters that a URL, a title or another text beside the frames may have: a page must not fill us up. */
export const MAX_TEXT_CHARS = 64 * 1024;
const MAX_PROTOCOLS = 64;

/** What an event costs beside what it carries. */
const EVENT_OVERHEAD_BYTES = 128;

/** About how much memory an event takes, its texts and its frame included. */
export function memoryOf(event: PageEvent): number {
  return EVENT_OVERHEAD_BYTES + frameSize(event) + textSize(event);
}

function textSize(event: PageEvent): number {
  switch (event.type) {
    case "socket":
      return event.protocols.reduce((sum, protocol) => sum + protocol.length, event.url.length);
    case "open":
      return event.protocol.length;
    case "close":
      return event.reason.length;
    case "page":
      return event.url.length + event.title.length;
    case "gap":
      return event.why.length;
    case "base":
      return event.text.length;
    case "broken":
      return event.text.length + event.why.length;
    case "in":
    case "out":
    case "error":
      return 0;
  }
}

/** Whether `value`, which a page may have forged, is an event in every field, and has no field besides. */
export function isPageEvent(value: unknown): value is PageEvent {
  // It stands in the way of every frame of a page: nothing is made here, and each field is looked at once.
  if (!isObject(value)) return false;
  const checks = CHECKS.get(value.type);
  if (checks === undefined) return false;
  let known = 1;
  for (const { name, isValid } of checks) {
    const field = value[name];
    if (!isValid(field)) return false;
    if (field !== undefined || Object.hasOwn(value, name)) known++;
  }
  // A field that no type knows would be kept and carried, however large.
  let fields = 0;
  for (const _ in value) fields++;
  return fields === known;
}

type Guard = (value: unknown) => boolean;

type EventOfType<Type> = PageEvent extends infer Event
  ? Event extends { readonly type: infer Known }
    ? Type extends Known
      ? Event
      : never
    : never
  : never;

/** Every field of every event has a guard here, or this does not compile. */
const FIELDS: {
  readonly [Type in PageEvent["type"]]: {
    readonly [Field in Exclude<keyof EventOfType<Type>, "type">]-?: Guard;
  };
} = {
  socket: { at: isTime, socket: isSocketId, url: isText, transport: isTransport, protocols: isProtocols },
  open: { at: isTime, socket: isSocketId, protocol: isText },
  out: { at: isTime, socket: isSocketId, data: isFrameData },
  in: { at: isTime, socket: isSocketId, data: isFrameData },
  error: { at: isTime, socket: isSocketId },
  close: { at: isTime, socket: isSocketId, code: isCount, reason: isText, clean: isBoolean },
  page: { at: isTime, phase: isPhase, url: isText, title: isText },
  gap: {
    at: isTime,
    socket: (value) => value === undefined || isSocketId(value),
    events: isCount,
    bytes: isCount,
    why: isText,
  },
  base: { at: isTime, socket: isSocketId, text: isString },
  broken: { at: isTime, text: isText, why: isText },
};

type Check = { readonly name: string; readonly isValid: Guard };

const CHECKS: ReadonlyMap<unknown, readonly Check[]> = new Map(
  Object.entries(FIELDS).map(([type, fields]) => [
    type,
    Object.entries(fields).map(([name, isValid]) => ({ name, isValid })),
  ]),
);

const TRANSPORTS: readonly unknown[] = ["websocket", "longpoll"] satisfies Transport[];
const PHASES: readonly unknown[] = ["load", "hide", "show", "unload"] satisfies PagePhase[];

function isPhase(value: unknown): boolean {
  return PHASES.includes(value);
}

/** The last moment that a clock can tell: what is later is forged, and reckoning with it could leave the numbers. */
const MAX_TIME = 8_640_000_000_000_000;

/** Milliseconds since 1970. */
export function isTime(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value <= MAX_TIME;
}

export function isSocketId(value: unknown): value is number {
  return isCount(value) && value > 0;
}

/** A text beside the frames, short enough to be kept. */
export function isText(value: unknown): boolean {
  return typeof value === "string" && value.length <= MAX_TEXT_CHARS;
}

function isString(value: unknown): boolean {
  return typeof value === "string";
}

function isTransport(value: unknown): boolean {
  return TRANSPORTS.includes(value);
}

function isProtocols(value: unknown): boolean {
  return isStrings(value) && value.length <= MAX_PROTOCOLS && value.every(isText);
}

function isFrameData(value: unknown): boolean {
  return typeof value === "string" || isArrayBuffer(value);
}
