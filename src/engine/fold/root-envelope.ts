import type { Envelope } from "../../wire/envelope";
import { readPushEvent } from "../../wire/push-event";
import { applyAttachmentOps, clearAttachments } from "../content/attachments";
import { makeChange, undoChanges } from "../content/change";
import { applyPatch } from "../content/patch";
import { describePatchFault, type PatchFault } from "../content/patch-fault";
import { takeEnvelope } from "./attribution";
import type { CommandRecord } from "./command";
import { type FoldState, report } from "./fold-state";
import { loseRoot, type RootRecord } from "./root";

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
  if (root.status === "unmounted") return;
  if (isFirst) foldFirst(fold, root, envelope, command);
  else if (continues(root, envelope)) foldNext(fold, root, envelope, command);
  else reportGap(fold, root, envelope);
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
    reportFailure(fold, root, envelope, fault);
    return;
  }
  root.index.reset(draft.areas.state);
  clearAttachments(root.attachments, draft, log);
  root.status = "mounted";
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
  const fault = applyPatch(draft, envelope.ops, log, root.index);
  if (fault === null) finish(fold, root, envelope, command);
  else reportFailure(fold, root, envelope, fault);
}

function finish(fold: FoldState, root: RootRecord, envelope: Envelope, command: CommandRecord | null): void {
  const { seq, size } = fold;
  const { version } = envelope;
  root.version = version;
  root.last_envelope = { seq, command: command?.seq ?? null };
  foldAttachmentOps(fold, root, envelope);
  root.history.append({ seq, kind: "envelope", epoch: root.epoch, version, size });
  if (envelope.events.length > 0) foldPushEvents(fold, root, envelope);
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
  root.kept.stream_ops += skipped.streams.length;
  root.kept.upload_ops += skipped.uploads.length;
  for (const place of skipped.streams) reportSkipped(fold, root, "Stream", place);
  for (const place of skipped.uploads) reportSkipped(fold, root, "Upload", place);
}

function reportSkipped(fold: FoldState, root: RootRecord, what: "Stream" | "Upload", place: number): void {
  report(
    fold,
    "bad_stream_op",
    `${what} operation ${place + 1} of the envelope for root ${root.root_id} on ${root.topic} is malformed. ` +
      "It was skipped; the others took effect.",
  );
}

function foldPushEvents(fold: FoldState, { topic, root_id }: RootRecord, { events }: Envelope): void {
  for (const [index, value] of events.entries()) {
    const event = readPushEvent(value);
    if (event !== null) fold.events.push({ seq: fold.seq, topic, root_id, ...event });
    else {
      report(
        fold,
        "bad_push_event",
        `Push event ${index + 1} of the envelope for root ${root_id} on ${topic} needs a name, and a store_id of ` +
          "strings. It was skipped.",
      );
    }
  }
}

function reportGap(fold: FoldState, root: RootRecord, { base_version, version }: Envelope): void {
  report(
    fold,
    "version_gap",
    `${nameOf(root)} holds version ${root.version} and is ${root.status}, but this envelope leads from version ` +
      `${base_version} to ${version}. Nothing applies until the root is sent from the beginning.`,
  );
  loseRoot(root);
}

function reportFailure(fold: FoldState, root: RootRecord, { version }: Envelope, fault: PatchFault): void {
  report(
    fold,
    "patch_failed",
    `${nameOf(root)} stays at version ${root.version}: its envelope ${version} does not fit the state. ` +
      describePatchFault(fault),
  );
}

function nameOf({ root_id, topic }: RootRecord): string {
  return `Root ${root_id} on ${topic}`;
}
