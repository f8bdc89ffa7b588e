import { isArrayBuffer, isCount, isObject, isStrings } from "./guard";

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
  /** Something that claimed to be an event and is none; `text` shows what arrived. */
  | { readonly type: "broken"; readonly at: number; readonly text: string; readonly why: string };

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
  if (!isObject(value) || !isEventType(value.type)) return false;
  const fields: { readonly [field: string]: Guard } = FIELDS[value.type];
  const names = Object.keys(fields);
  // A field that no type knows would be kept and carried, however large.
  const isStranger = (name: string): boolean => name !== "type" && !Object.hasOwn(fields, name);
  for (const name in value) if (isStranger(name)) return false;
  return names.every((name) => fields[name]?.(value[name]) ?? false);
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
  socket: { at: isTime, socket: isSocketId, url: isText, protocols: isProtocols },
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
  broken: { at: isTime, text: isText, why: isText },
};

const PHASES: readonly unknown[] = ["load", "hide", "show", "unload"] satisfies PagePhase[];

function isEventType(value: unknown): value is PageEvent["type"] {
  return typeof value === "string" && Object.hasOwn(FIELDS, value);
}

function isPhase(value: unknown): boolean {
  return PHASES.includes(value);
}

function isTime(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function isSocketId(value: unknown): boolean {
  return isCount(value) && value > 0;
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.length <= MAX_TEXT_CHARS;
}

function isProtocols(value: unknown): boolean {
  return isStrings(value) && value.length <= MAX_PROTOCOLS && value.every(isText);
}

function isFrameData(value: unknown): boolean {
  return typeof value === "string" || isArrayBuffer(value);
}

function isBoolean(value: unknown): boolean {
  return typeof value === "boolean";
}
