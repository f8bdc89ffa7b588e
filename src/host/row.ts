import type { Row } from "../bridge/view";
import type { FrameEvent, SessionEvent } from "../session/event";
import { base64Length } from "../wire/codec-binary";
import { type Envelope, readEnvelope } from "../wire/envelope";
import type { Frame } from "../wire/frame";
import { isJsonObject, type Json, ownField } from "../wire/json";
import { EVENT } from "../wire/protocol";
import { utf8Length } from "../wire/utf8-length";
import { type Entry, isFrameEvent } from "./entry-list";
import type { Journal } from "./journal";
import { cut, preview } from "./preview";

/** One line of the list of events. */
export function viewRow(journal: Journal, seq: number, entry: Entry): Row {
  const { event, topic, name, ref, join_ref, problems } = entry;
  return {
    seq,
    t: event.t,
    socket: "socket" in event ? (event.socket ?? null) : null,
    type: event.type,
    topic,
    event: name,
    ref,
    join_ref,
    size: isFrameEvent(event) ? sizeOf(event) : 0,
    summary: summarize(journal, event),
    by: isFrameEvent(event) ? (event.by ?? "page") : "page",
    problem: problems[0] ?? null,
  };
}

/** What the event says, as text: the frame's own, or the event as JSON. */
export function textOf(event: SessionEvent): string {
  if (isFrameEvent(event)) return "text" in event ? event.text : event.base64;
  if (event.type === "broken") return event.text;
  return JSON.stringify(event.type === "unknown" ? event.raw : event);
}

function sizeOf(event: FrameEvent): number {
  return "text" in event ? utf8Length(event.text) : base64Length(event.base64);
}

function summarize(journal: Journal, event: SessionEvent): string {
  switch (event.type) {
    case "in":
    case "out": {
      const frame = journal.decode(event);
      if (frame === null) return cut(textOf(event));
      return "text" in event ? summarizeFrame(frame) : summarizeBinary(frame, sizeOf(event));
    }
    case "socket":
      return cut(event.url);
    case "open":
      return event.protocol === undefined
        ? "the socket is open"
        : `the socket is open, with ${event.protocol}`;
    case "error":
      return "the socket reported an error";
    case "close":
      return cut(
        `the socket closed with code ${event.code}${event.reason === "" ? "" : `: ${event.reason}`}`,
      );
    case "page":
      return cut(`${PAGE_PHASES[event.phase]}: ${event.url}`);
    case "gap":
      return `${event.events} events (${event.bytes} bytes) are missing here. ${event.why}`;
    case "base":
      return "earlier history was folded into the state that stands here";
    case "mark":
      return cut(event.text);
    case "unknown":
      return cut(JSON.stringify(event.raw));
    case "broken":
      return cut(event.why);
  }
}

const PAGE_PHASES = {
  load: "the page started",
  hide: "the page is being left",
  show: "the page is shown again",
  unload: "the page ended",
} as const;

function summarizeFrame({ event, payload }: Frame): string {
  if (event === EVENT.patch) {
    const envelope = readEnvelope(payload);
    if (envelope.ok) return summarizeEnvelope(envelope.value);
  }
  if (isJsonObject(payload)) {
    if (event === EVENT.reply) {
      return cut(`${String(ownField(payload, "status"))} ${preview(ownField(payload, "response") ?? null)}`);
    }
    const name = ownField(payload, "name");
    if (event === EVENT.command && typeof name === "string") {
      return cut(`${name} ${preview(ownField(payload, "payload") ?? {})}`);
    }
  }
  return preview(payload);
}

/** Of a binary frame only the strings around its data are decoded. */
function summarizeBinary({ payload }: Frame, size: number): string {
  const status = isJsonObject(payload) ? `${String(ownField(payload, "status"))}, ` : "";
  return `${status}binary, ${size} bytes in all`;
}

function summarizeEnvelope({ base_version, version, ops, stream_ops, upload_ops, events }: Envelope): string {
  const parts = [
    count(ops, "operation"),
    count(stream_ops, "stream operation"),
    count(upload_ops, "upload operation"),
    count(events, "push event"),
  ].filter((part) => part !== null);
  return `v${base_version} → v${version}: ${parts.join(", ") || "nothing"}`;
}

function count(items: readonly Json[], what: string): string | null {
  if (items.length === 0) return null;
  return `${items.length} ${what}${items.length === 1 ? "" : "s"}`;
}
