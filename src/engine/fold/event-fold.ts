import type { BrokenEvent, GapEvent, PageEvent, SessionEvent } from "../../session/event";
import type { Frame } from "../../wire/frame";
import { foldBase } from "./base";
import { addTransport, endPage } from "./chain";
import { type FoldState, report } from "./fold-state";
import { foldFrame } from "./frame-event";
import { keepName } from "./kept-name";
import { closeTransport, openTransport, type TransportRecord } from "./transport";

/** Folds the event at `fold.seq`. Returns the message of a frame that decodes. Never throws on any event. */
export function foldEvent(fold: FoldState, event: SessionEvent): Frame | null {
  switch (event.type) {
    case "out":
    case "in":
      return foldFrame(fold, event);
    case "socket":
      addTransport(fold, event);
      break;
    case "open":
      foldTransport(fold, event, (transport) => openTransport(transport, event.t));
      break;
    case "close":
      foldTransport(fold, event, (transport) => closeTransport(transport, event.code, event.t));
      break;
    case "page":
      foldPage(fold, event);
      break;
    case "gap":
      reportGap(fold, event);
      break;
    case "broken":
      reportBroken(fold, event);
      break;
    case "base":
      foldBase(fold, event);
      break;
    case "error":
      foldTransport(fold, event, () => {});
      break;
    case "mark":
      fold.timeline.add({ seq: fold.seq, kind: "mark", text: keepName(fold.names, event.text) });
      break;
    case "unknown":
      fold.timeline.add({ seq: fold.seq, kind: "unknown", what: "event" });
      break;
    default:
      event satisfies never;
  }
  return null;
}

function foldTransport(
  fold: FoldState,
  event: Extract<SessionEvent, { readonly type: "open" | "close" | "error" }>,
  change: (transport: TransportRecord) => void,
): void {
  const { type: what, socket } = event;
  const transport = fold.transports.get(socket);
  const connection = transport?.connection ?? null;
  const attempt = transport?.attempt ?? null;
  const code = event.type === "close" ? event.code : null;
  fold.timeline.add({ seq: fold.seq, kind: "transport", what, socket, connection, attempt, code });
  if (transport !== undefined) change(transport);
}

/** A page that unloads ends; so does the one before, when another loads in its place without that word. */
function foldPage(fold: FoldState, { phase }: PageEvent): void {
  fold.timeline.add({ seq: fold.seq, kind: "page", phase });
  if (phase === "unload" || (phase === "load" && fold.has_page)) endPage(fold);
  if (phase === "load") fold.has_page = true;
  if (phase === "unload") fold.has_page = false;
}

function reportGap(fold: FoldState, { events, bytes, why, socket }: GapEvent): void {
  fold.gap_seq = fold.seq;
  fold.timeline.add({ seq: fold.seq, kind: "gap", events, bytes });
  const where = socket === undefined ? "" : ` of socket ${socket}`;
  report(
    fold,
    "gap",
    `${events} ${events === 1 ? "event" : "events"}${where} (${bytes} bytes) could not be kept: ${endSentence(why)}`,
  );
}

function reportBroken(fold: FoldState, { line, why }: BrokenEvent): void {
  fold.timeline.add({ seq: fold.seq, kind: "unknown", what: "line" });
  if (line === undefined)
    report(fold, "bad_event", `Something that is no event was reported: ${endSentence(why)}`);
  else report(fold, "bad_line", `Line ${line} is no event and was passed over: ${why}.`);
}

/** What a file or another context says ends as a sentence does. */
function endSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
