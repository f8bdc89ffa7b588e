import type { RootBaseEvent } from "../../session/event";
import { writeBaseAssigns, writeBaseStreams, writeBaseUploads } from "../content/base-attachments";
import type { LiveChannel, LiveRoot } from "../live";

/** The channel instance that a base belongs to. */
export type BaseAddress = Pick<LiveChannel, "socket" | "join_ref">;

/**
 * The base that stands for all that a root has been through (session-format.md).
 * @param t the time of the last event that is folded into it, in milliseconds of the session
 */
export function rootBase(root: LiveRoot, { socket, join_ref }: BaseAddress, t: number): RootBaseEvent {
  const { topic, root_id, module, caller_id, params, wire, status, epoch, version } = root;
  const { state, streams, uploads, assigns } = root.content();
  const shown = writeBaseAssigns(assigns);
  return {
    ...{ type: "base", t, socket, topic, join_ref, root_id, module, id: caller_id, params },
    ...{ wire, status, epoch, version, state },
    streams: writeBaseStreams(streams),
    uploads: writeBaseUploads(uploads),
    ...(shown.length > 0 && { assigns: shown }),
  };
}

/** What is left of a root's base where a later one says what the root holds: that it came, and in which place. */
export function emptyRootBase(base: RootBaseEvent): RootBaseEvent {
  const { assigns, ...rest } = base;
  return { ...rest, state: null, streams: [], uploads: [] };
}
