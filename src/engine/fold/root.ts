import { composeRootId, type NamedMount } from "../../wire/mount";
import type { ErrorReply } from "../../wire/refusal";
import { type Attachments, createAttachments } from "../content/attachments";
import { makeChange } from "../content/edit";
import type { History } from "../content/history";
import type { PatchObserver } from "../content/patch-observer";
import { createStoreIndex, type StoreIndex } from "../content/store-index";
import type { LensNote, LiveChannel, LiveRoot } from "../live";
import { type Attribution, createAttribution } from "./attribution";
import { type ClientSide, createClientSide, letGo } from "./client-side";
import type { CommandRecord } from "./command";
import { type RootFace, withRootFace } from "./root-face";
import { type Clock, createTimed } from "./timed";

/** A root as it is folded: what is shown of it, and what its next messages are measured against. */
export type RootRecord = LiveRoot &
  RootFace & {
    version: number;
    refusal: ErrorReply | null;
    last_envelope: LiveRoot["last_envelope"];
    readonly clock: Clock;
    channel: LiveChannel | null;
    /** How many 0->1 envelopes came: one a mount. */
    first_envelopes: number;
    readonly attribution: Attribution;
    readonly causes: Map<number, CommandRecord>;
    /** The stores in its state. */
    readonly index: StoreIndex;
    /** Keeps the index, and the client's side, up with the operations on its state. */
    readonly observer: PatchObserver;
    readonly attachments: Attachments;
    readonly lens: LensNote[];
    /** Stores of which assigns came before the envelope that brings them, and the version of that. */
    readonly early: Map<string, number>;
    readonly client: ClientSide;
  };

/** A root that nobody has mounted yet. */
export function createRoot(
  clock: Clock,
  history: History,
  own: Pick<LiveRoot, "key" | "wire">,
  first: NamedMount,
): RootRecord {
  const { key } = own;
  const { topic, root_id } = key;
  const index = createStoreIndex();
  const client = createClientSide();
  const rest = {
    ...{ key, topic, root_id },
    version: 0,
    refusal: null,
    content: history.now,
    history,
    last_envelope: null,
    clock,
    seq: clock.seq,
    channel: null,
    first_envelopes: 0,
    attribution: createAttribution(),
    causes: new Map(),
    index,
    observer: createObserver(index, client),
    attachments: createAttachments(),
    lens: [],
    early: new Map(),
    client,
    divergences: client.divergences,
  };
  return withRootFace(rest, clock, own.wire, createTimed(clock, first));
}

function createObserver(index: StoreIndex, client: ClientSide): PatchObserver {
  return {
    changing: index.changing,
    changed(root, at, entered) {
      if (at.has_proto) client.may_have_lost = true;
      index.changed(root, at, entered);
    },
  };
}

/** The server accepted a mount: a new epoch begins. The old state stays until its first envelope. */
export function acceptMount(root: RootRecord, channel: LiveChannel, mount: NamedMount): void {
  root.mount.set(mount);
  root.past.mountedAt.set(root.clock.seq);
  root.channel = channel;
  root.epoch++;
  root.version = 0;
  root.refusal = null;
  root.status = "mounting";
  root.early.clear();
  forgetAssigns(root);
}

/** What the server showed of the stores before is not theirs any more: a mount makes them anew. */
function forgetAssigns({ history, clock, epoch }: RootRecord): void {
  const { draft, log, append } = history;
  const left = draft.areas.assigns;
  if (Object.keys(Object(left)).length === 0) return;
  makeChange(draft, { area: "assigns", op: "replace", path: "", left, entered: {} }, log);
  append({ seq: clock.seq, kind: "mount", epoch, version: 0, size: 0 });
}

/** The page let go of the root. */
export function unmountRoot(root: RootRecord): void {
  root.status = "unmounted";
  letGo(root.client, root.clock.seq);
}

/** The root ended, or fell behind, in any other way. */
export function loseRoot(root: RootRecord): void {
  if (root.status === "mounting" || root.status === "mounted") root.status = "lost";
}

/** Whether this id is the one that newer servers compose (wire.md 3). */
export function isComposedId(root_id: string, { module, id }: NamedMount): boolean {
  return root_id === composeRootId(module, id);
}
