import { assertNever } from "../../wire/assert-never";
import type { Frame } from "../../wire/frame";
import { composeRootId } from "../../wire/mount";
import type { RootKey } from "../live";
import type { ChannelRecord } from "./channel";
import type { ConnectionRecord } from "./connection";
import { rootKeyOf } from "./connection-roots";
import type { FoldState } from "./fold-state";
import { MAX_NAME_CHARS } from "./kept-name";
import { noteMount, notePush } from "./note";
import type { Purpose } from "./pending";
import type { Exchange } from "./timeline-entry";
import type { TransportRecord } from "./transport";
import { foldUploadPush } from "./upload-push";

/** Notes a push by what its reply will mean. Joins, leaves and commands are noted where they are folded. */
export function noteOutgoing(
  fold: FoldState,
  { connection, socket }: TransportRecord,
  frame: Frame,
  channel: ChannelRecord | null,
  purpose: Purpose,
  exchange: Exchange | null,
): void {
  const { seq } = fold;
  const { topic } = frame;
  switch (purpose.kind) {
    case "heartbeat":
      fold.timeline.add({ seq, kind: "heartbeat", way: "out", socket, exchange });
      break;
    case "mount": {
      const root_key = channel === null ? null : mountKey(connection, channel, purpose);
      noteMount(fold, "mount", { topic, exchange, root_key });
      break;
    }
    case "unmount": {
      const { root_id } = purpose;
      const root_key = root_id === null ? null : keyOf(connection, channel?.topic ?? topic, root_id);
      noteMount(fold, "unmount", { topic, exchange, root_key });
      break;
    }
    case "upload":
      if (channel !== null) foldUploadPush(fold, channel, purpose.upload, frame, exchange);
      break;
    case "other":
      notePush(fold, "out", frame, exchange);
      break;
    case "join":
    case "leave":
    case "command":
      break;
    default:
      assertNever(purpose);
  }
}

/** The root that a mount asks for, under the id that this server is known to give it. */
function mountKey(
  connection: ConnectionRecord,
  { topic, composes_ids }: ChannelRecord,
  { request }: Purpose & { readonly kind: "mount" },
): RootKey | null {
  const [module, id] = [request?.module, request?.id];
  if (typeof id !== "string") return null;
  return keyOf(
    connection,
    topic,
    composes_ids && typeof module === "string" ? composeRootId(module, id) : id,
  );
}

/** A page decides how long an id is. */
function keyOf(connection: ConnectionRecord, topic: string, root_id: string): RootKey | null {
  return root_id.length > MAX_NAME_CHARS ? null : rootKeyOf(connection, topic, root_id);
}
