import type { Envelope } from "../../wire/envelope";
import type { Json } from "../../wire/json";
import { readPushEvent } from "../../wire/push-event";
import { applyAttachmentOps, clearAttachments } from "../content/attachments";
import { makeChange, undoChanges } from "../content/edit";
import { applyPatch } from "../content/patch";
import { describePatchFault, type PatchFault } from "../content/patch-fault";
import { storeAround, storeNamedBy } from "../content/store-tree";
import { takeEnvelope } from "./attribution";
import { findGap, followEnvelope, isFollowed, restartClient } from "./client-side";
import type { CommandRecord } from "./command";
import { type FoldState, report } from "./fold-state";
import { hasRoom, isFull } from "./full";
import { pruneAssigns, settleEarly } from "./lens";
import { loseRoot, type RootRecord } from "./root";
import type { EnvelopeOutcome } from "./timeline-entry";

/**
 * Folds an envelope into its root (session-format.md, Roots; wire.md 7). The 0->1 envelope starts the state anew; any
 * other must start from the version that is held. Operations take effect all together or not at all.
 *
 * @param unanswered commands of the channel that still await their reply
 */
export function foldEnvelope(
  fold: FoldState,
  root: RootRecord,
  envelope: Envelope,
  unanswered: number,
): void {
  const command = takeEnvelope(root.attribution, fold.seq, fold.t, unanswered);
  const isFirst = envelope.base_version === 0 && envelope.version === 1;
  if (isFirst) root.first_envelopes++;
  // What was on its way when the page let go of the root means nothing any more.
  if (root.status === "unmounted") note(fold, root, envelope, command, "ignored");
  else if (isFirst) foldFirst(fold, root, envelope, command);
  else if (continues(root, envelope)) foldNext(fold, root, envelope, command);
  else foldGap(fold, root, envelope, command);
}

function foldFirst(
  fold: FoldState,
  root: RootRecord,
  envelope: Envelope,
  command: CommandRecord | null,
): void {
  if (root.first_envelopes > root.epoch) {
    report(
      fold,
      "version_gap",
      `${nameOf(root)} was sent from the beginning again without having been mounted again.`,
    );
  }
  const { draft, log } = root.history;
  const mark = log.length();
  const left = draft.areas.state;
  // It starts from nothing, so that operations which need more than that fail.
  if (left !== null) makeChange(draft, { area: "state", op: "replace", path: "", left, entered: null }, log);
  const fault = applyPatch(draft, envelope.ops, log);
  if (fault !== null) {
    undoChanges(draft, log, mark);
    note(fold, root, envelope, command, "failed");
    reportFailure(fold, root, envelope, fault);
    return;
  }
  restartFor(fold, root);
  root.index.reset(draft.areas.state);
  clearAttachments(root.attachments, draft, log);
  pruneAssigns(root);
  root.status = "mounted";
  root.client.may_have_lost = true;
  finish(fold, root, envelope, command);
}

function continues(root: RootRecord, { base_version, version }: Envelope): boolean {
  return root.status === "mounted" && base_version === root.version && version === base_version + 1;
}

function foldNext(
  fold: FoldState,
  root: RootRecord,
  envelope: Envelope,
  command: CommandRecord | null,
): void {
  const { draft, log } = root.history;
  const fault = applyPatch(draft, envelope.ops, log, root.observer);
  if (fault === null) {
    finish(fold, root, envelope, command);
    return;
  }
  note(fold, root, envelope, command, "failed");
  reportFailure(fold, root, envelope, fault);
}

/** The client's side of a 0->1 envelope. On a wire of many roots it keeps no lists over a mount (wire.md 12). */
function restartFor(
  { seq, gap_seq }: FoldState,
  { client, status, wire, last_envelope, history }: RootRecord,
): void {
  const isUndue = status === "mounted" || (status === "lost" && client.is_recovering);
  const isSeen = last_envelope !== null && last_envelope.seq > gap_seq;
  const how = status === "mounting" ? "awaited" : isUndue && isSeen ? "undue" : "unseen";
  restartClient(client, seq, how, wire === "per_root" ? history.draft.areas.streams : null);
}

function finish(fold: FoldState, root: RootRecord, envelope: Envelope, command: CommandRecord | null): void {
  const { seq, size } = fold;
  const { version } = envelope;
  root.version = version;
  root.last_envelope = { seq, command: command?.seq ?? null };
  const { stream_ops, upload_ops } = envelope;
  if (stream_ops.length > 0 || upload_ops.length > 0 || root.index.hasVanished()) {
    foldAttachmentOps(fold, root, envelope);
  }
  if (root.early.size > 0) settleEarly(root, version);
  root.history.append({ seq, kind: "envelope", epoch: root.epoch, version, size });
  if (isFollowed(root.client)) {
    followEnvelope(root.client, seq, envelope, root.history.draft.areas.streams, root.index);
  }
  if (command !== null) root.causes.set(seq, command);
  fold.timeline.addApplied(seq, root, version);
  if (envelope.events.length > 0 && hasRoom(fold)) foldPushEvents(fold, root, envelope);
}

/** Notes an envelope that was not applied. */
function note(
  { seq, timeline }: FoldState,
  root: RootRecord,
  { base_version, version }: Envelope,
  command: CommandRecord | null,
  outcome: EnvelopeOutcome,
): void {
  timeline.add({ seq, kind: "envelope", outcome, root, channel: null, base_version, version, command });
}

function foldAttachmentOps(fold: FoldState, root: RootRecord, { stream_ops, upload_ops }: Envelope): void {
  const skipped = applyAttachmentOps(
    root.attachments,
    root.history.draft,
    stream_ops,
    upload_ops,
    root.index,
    root.history.log,
  );
  const [streams, uploads] = [skipped.streams.length, skipped.uploads.length];
  if (streams + uploads > 0) {
    const { kept } = root;
    root.kept = { stream_ops: kept.stream_ops + streams, upload_ops: kept.upload_ops + uploads };
  }
  for (const place of skipped.streams) reportSkipped(fold, root, "Stream", place, stream_ops[place]);
  for (const place of skipped.uploads) reportSkipped(fold, root, "Upload", place, upload_ops[place]);
}

function reportSkipped(
  fold: FoldState,
  root: RootRecord,
  what: "Stream" | "Upload",
  place: number,
  op: Json | undefined,
): void {
  report(
    fold,
    "bad_stream_op",
    `${what} operation ${place + 1} of the envelope for root ${root.root_id} on ${root.topic} is malformed. ` +
      "It was skipped; the others took effect.",
    storeNamedBy(op),
  );
}

function foldPushEvents(fold: FoldState, root: RootRecord, { events }: Envelope): void {
  const { seq } = fold;
  const { topic, root_id } = root;
  for (const [index, value] of events.entries()) {
    const read = readPushEvent(value);
    if (read !== null) {
      if (isFull(fold, fold.told, "push_events", fold.events.length)) return;
      const event = { seq, topic, root_id, ...read };
      fold.events.push(event);
      fold.timeline.add({ seq, kind: "event", event, root });
    } else {
      report(
        fold,
        "bad_push_event",
        `Push event ${index + 1} of the envelope for root ${root_id} on ${topic} needs a name, and a store_id of ` +
          "strings. It was skipped.",
        storeNamedBy(value),
      );
    }
  }
}

function foldGap(fold: FoldState, root: RootRecord, envelope: Envelope, command: CommandRecord | null): void {
  const { base_version, version } = envelope;
  note(fold, root, envelope, command, "gap");
  report(
    fold,
    "version_gap",
    `${nameOf(root)} holds version ${root.version} and is ${root.status}, but this envelope leads from version ` +
      `${base_version} to ${version}. Nothing applies until the root is sent from the beginning.`,
  );
  if (root.status !== "lost") findGap(root.client, root.status === "mounted");
  loseRoot(root);
}

function reportFailure(fold: FoldState, root: RootRecord, { version }: Envelope, fault: PatchFault): void {
  report(
    fold,
    "patch_failed",
    `${nameOf(root)} stays at version ${root.version}: its envelope ${version} does not fit the state. ` +
      describePatchFault(fault),
    "path" in fault.fault ? storeAround(root.history.draft.areas.state, fault.fault.path) : undefined,
  );
}

function nameOf({ root_id, topic }: RootRecord): string {
  return `Root ${root_id} on ${topic}`;
}
