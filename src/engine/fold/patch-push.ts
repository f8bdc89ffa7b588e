import { describeEnvelopeFault, type Envelope, type EnvelopeFault, readEnvelope } from "../../wire/envelope";
import type { Frame } from "../../wire/frame";
import { isJsonObject, type Json, ownField } from "../../wire/json";
import type { ChannelRecord } from "./channel";
import { isMusubiTopic } from "./channel-kind";
import type { ConnectionRecord } from "./connection";
import { rootOf } from "./connection-roots";
import { type FoldState, report } from "./fold-state";
import { becomeConnection, onlyRoot } from "./mounting";
import type { RootRecord } from "./root";
import { foldEnvelope } from "./root-envelope";

/**
 * Folds a `patch` push, and returns whether it is one of Musubi's. The event's name alone proves nothing: on a plain
 * channel it means something only where a Musubi envelope with a root_id comes on a `musubi:*` topic, which makes a
 * connection of it (wire.md 3).
 */
export function foldPatch(
  fold: FoldState,
  connection: ConnectionRecord,
  channel: ChannelRecord,
  { payload }: Frame,
): boolean {
  const envelope = readEnvelope(payload);
  if (envelope.ok) tellKind(fold, connection, channel, envelope.value);
  if (channel.kind === "plain" || channel.kind === "upload") return false;
  if (!envelope.ok) {
    fold.root = findRoot(connection, channel, rootIdIn(payload)) ?? null;
    reportMalformed(fold, channel, envelope.failure);
    noteRootless(fold, channel, "malformed", null);
    return true;
  }
  const root = findRoot(connection, channel, envelope.value.root_id);
  if (root === undefined) {
    reportUnknown(fold, channel, envelope.value);
    noteRootless(fold, channel, "unknown_root", envelope.value);
    return true;
  }
  // Only the adapter's envelopes name no root.
  if (channel.kind === "root") root.wire = envelope.value.root_id === null ? "adapter" : "per_root";
  fold.root = root;
  foldEnvelope(fold, root, envelope.value, channel.commands.size);
  if (root.channel !== channel && root.status === "mounted") carryRoot(channel, root);
  return true;
}

/** What ends the channel that a root's envelopes come on ends the root, even where its mount there was not seen. */
function carryRoot(channel: ChannelRecord, root: RootRecord): void {
  root.channel = channel;
  channel.roots.add(root);
}

/** What an envelope tells of its channel (wire.md 3). */
function tellKind(
  fold: FoldState,
  connection: ConnectionRecord,
  channel: ChannelRecord,
  { root_id }: Envelope,
): void {
  if (channel.kind === "connection") return;
  if (root_id === null) {
    if (channel.is_tentative) fold.is_lasting = true;
    channel.is_tentative = false;
  } else if (channel.kind === "plain" || channel.is_tentative) {
    const { topic } = channel;
    if (isMusubiTopic(topic) && !topic.endsWith(`:${root_id}`)) becomeConnection(fold, connection, channel);
  }
}

/** An envelope that no root takes. @param envelope null where it cannot be read */
function noteRootless(
  { seq, root, timeline }: FoldState,
  channel: ChannelRecord,
  outcome: "malformed" | "unknown_root",
  envelope: Envelope | null,
): void {
  const [base_version, version] = [envelope?.base_version ?? 0, envelope?.version ?? 0];
  timeline.add({ seq, kind: "envelope", outcome, root, channel, base_version, version, command: null });
}

function reportMalformed(fold: FoldState, { topic }: ChannelRecord, fault: EnvelopeFault): void {
  const whose = fold.root === null ? "" : ` for root ${fold.root.root_id}`;
  report(
    fold,
    "bad_envelope",
    `The envelope${whose} on ${topic} is malformed and was skipped. ${describeEnvelopeFault(fault)}`,
  );
}

function findRoot(
  connection: ConnectionRecord,
  channel: ChannelRecord,
  root_id: string | null,
): RootRecord | undefined {
  if (channel.kind !== "root")
    return root_id === null ? undefined : rootOf(connection, channel.topic, root_id);
  const root = onlyRoot(channel);
  return root_id === null || root?.root_id === root_id ? root : undefined;
}

function reportUnknown(fold: FoldState, { topic, kind }: ChannelRecord, { root_id }: Envelope): void {
  if (root_id === null && kind === "connection") {
    report(
      fold,
      "bad_envelope",
      `The envelope on ${topic} names no root, but the channel carries several. It was skipped.`,
    );
    return;
  }
  report(
    fold,
    "unknown_root",
    `An envelope came for root ${root_id ?? ""} on ${topic}, but its mount was not seen. It was skipped.`,
  );
}

function rootIdIn(payload: Json): string | null {
  const root_id = isJsonObject(payload) ? ownField(payload, "root_id") : undefined;
  return typeof root_id === "string" ? root_id : null;
}
