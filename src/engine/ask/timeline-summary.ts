import { assertNever } from "../../wire/assert-never";
import { isStrings, type Json } from "../../wire/json";
import type { ErrorReply } from "../../wire/refusal";
import type { EntryOf, TimelineEntry } from "../fold/timeline-entry";
import { summarizeSession, summarizeTransport } from "./session-summary";

/** A page decides how long a name is. */
const MAX_SUMMARY_CHARS = 300;

/** The entry in one line, in the words of the wire. */
export function summarizeEntry(entry: TimelineEntry): string {
  const text = summarize(entry);
  return text.length > MAX_SUMMARY_CHARS ? `${text.slice(0, MAX_SUMMARY_CHARS - 1)}…` : text;
}

function summarize(entry: TimelineEntry): string {
  switch (entry.kind) {
    case "transport":
      return summarizeTransport(entry);
    case "channel":
      return summarizeChannel(entry);
    case "mount":
      return summarizeMount(entry);
    case "envelope":
      return summarizeEnvelope(entry);
    case "command":
      return summarizeCommand(entry);
    case "reply":
      return summarizeReply(entry);
    case "event":
      return `event ${entry.event.name}${at(entry.event.store_id)} of ${entry.event.root_id}`;
    case "upload":
      return summarizeUpload(entry);
    case "presence":
      return `${entry.what === "state" ? "who is present" : "who came and went"} on ${entry.channel.topic}`;
    case "problem":
      return `${entry.problem.code}: ${entry.problem.message}`;
    case "push":
      return `${entry.event} on ${entry.topic}`;
    case "heartbeat":
      return entry.way === "out" ? "heartbeat" : "heartbeat answered";
    case "assigns":
      return summarizeAssigns(entry);
    case "page":
    case "gap":
    case "base":
    case "mark":
    case "unknown":
      return summarizeSession(entry);
    default:
      return assertNever(entry);
  }
}

const MOUNT_WORDS = {
  mount: "mount",
  unmount: "unmount",
  mounted: "mounted",
  refused: "mount refused:",
  unmounted: "unmounted",
  kept: "unmount refused:",
} as const;

function summarizeMount({ what, topic, root_key, refusal }: EntryOf<"mount">): string {
  return `${MOUNT_WORDS[what]} ${root_key?.root_id || "a root"} on ${topic}${why(refusal)}`;
}

function summarizeCommand({ command, root }: EntryOf<"command">): string {
  // What was sent says more than nothing where no such root is mounted.
  const whose = root === null ? unknownRoot(command.root_id) : ` of ${root.root_id}`;
  return `command ${show(command.name)}${at(command.store_id)}${whose}`;
}

function unknownRoot(root_id: Json): string {
  return root_id === null ? " of no root" : ` of ${show(root_id)}, which is not mounted`;
}

function summarizeChannel({ what, topic, nth, refusal }: EntryOf<"channel">): string {
  const again = nth > 1 ? ` again (join ${nth})` : "";
  switch (what) {
    case "join":
      return `${nth > 1 ? "rejoin" : "join"} ${topic}${nth > 1 ? ` (join ${nth})` : ""}`;
    case "joined":
      return `joined ${topic}${again}`;
    case "refused":
      return `join refused: ${topic}${why(refusal)}`;
    case "leave":
      return `leave ${topic}`;
    case "left":
      return `left ${topic}`;
    case "close":
      return `${topic} closed`;
    case "error":
      return `${topic} crashed`;
    default:
      return assertNever(what);
  }
}

function summarizeEnvelope({
  outcome,
  root,
  channel,
  base_version,
  version,
  command,
}: EntryOf<"envelope">): string {
  const whose = root?.root_id ?? channel?.topic ?? "";
  if (outcome === "malformed") return `malformed envelope for ${whose}`;
  const by = command === null ? "" : `, ${command.confidence ?? "low"} confidence from ${show(command.name)}`;
  const how = outcome === "applied" ? "" : `, ${OUTCOME_WORDS[outcome]}`;
  return `v${base_version} → v${version} of ${whose}${how}${by}`;
}

const OUTCOME_WORDS = {
  gap: "does not fit the version held",
  failed: "its operations fail",
  ignored: "the root is unmounted",
  unknown_root: "its root is not known",
} as const;

function summarizeReply({ status, topic, command, error }: EntryOf<"reply">): string {
  const to = command === null ? `on ${topic}` : `to ${show(command.name)}`;
  const time = command?.rtt_ms ?? null;
  return `${status} ${to}${time === null ? "" : ` after ${time} ms`}${why(error)}`;
}

function summarizeUpload({ what, topic, name, bytes, progress, refusal }: EntryOf<"upload">): string {
  const whose = name ?? topic;
  if (what === "chunk") return `chunk of ${bytes ?? 0} bytes on ${topic}`;
  if (what === "answer") {
    const far = progress === null ? "" : `, ${progress} %`;
    return `${refusal === null ? "upload answered" : "upload refused"}: ${whose}${far}${why(refusal)}`;
  }
  return `${what} upload ${whose}${progress === null ? "" : `, ${progress} %`}`;
}

function summarizeAssigns({ root, note }: EntryOf<"assigns">): string {
  if (note === null) return `assigns that could not be used${root === null ? "" : ` for ${root.root_id}`}`;
  const { store_id, module, changed, cause } = note;
  const names = changed.length === 0 ? "" : `: ${changed.join(", ")}`;
  const by =
    cause?.kind === null || cause === null
      ? ""
      : `, by ${cause.kind}${cause.name === null ? "" : ` ${cause.name}`}`;
  return `assigns of ${module}${at(store_id)}${names}${by}`;
}

function why(error: ErrorReply | null): string {
  if (error === null) return "";
  const { kind, reason, meaning } = error;
  const said = reason === null ? "" : `, ${reason}`;
  return `${said} (${kind})${meaning === null ? "" : `. ${meaning}`}`;
}

function at(store_id: Json): string {
  return isStrings(store_id) && store_id.length > 0 ? ` @${store_id.join("/")}` : "";
}

function show(name: Json): string {
  return typeof name === "string" ? name : "without a name";
}
