import type { Channel } from "phoenix";
import { isJsonObject, type Json, ownField } from "../wire/json";
import { composeRootId } from "../wire/mount";
import { EVENT, TOPIC } from "../wire/protocol";
import { joinWhenFree, leaveChannel } from "./departure";
import { pushTo } from "./push";
import type { LinkEvent, Wire } from "./wire";

/** One channel a root: its join is the mount, and phoenix.js mounts again by rejoining (wire.md 5, 12). */
export const perRootWire: Wire = (socket, { module, id, params }, tell) => {
  const rootId = composeRootId(module, id);
  const topic = `${TOPIC.connection}:${rootId}`;
  let current: Channel | null = null;
  let waitNoMore = start();

  /** Mounts, as soon as the topic is free. */
  function start(): () => void {
    return joinWhenFree(socket, topic, () => {
      current = join();
    });
  }

  function join(): Channel {
    const channel = socket.channel(topic, { module, id, params });
    // A channel that was left still hears its own close; that is no news of the root any more.
    const tellIfCurrent = (event: LinkEvent) => {
      if (current === channel) tell(event);
    };
    channel.on(EVENT.patch, (payload: Json) => tellIfCurrent({ kind: "patch", payload }));
    channel.onError(() => tellIfCurrent({ kind: "lost" }));
    channel.onClose(() => tellIfCurrent({ kind: "closed" }));
    channel
      .join()
      .receive("ok", (response: Json) => tellIfCurrent(readJoinReply(response, rootId)))
      .receive("error", (response: Json) => tellIfCurrent({ kind: "refused", response }))
      .receive("timeout", () => tellIfCurrent({ kind: "timeout" }));
    return channel;
  }

  function leave(): Promise<void> {
    waitNoMore();
    const old = current;
    current = null;
    return old === null ? Promise.resolve() : leaveChannel(socket, old);
  }

  return {
    push: (event, payload, settle) => {
      if (current !== null) pushTo(current, event, payload, settle);
    },
    remount: () => {
      void leave();
      waitNoMore = start();
    },
    close: leave,
  };
};

/** The client composes the root id itself; a server that answers with another one means another root. */
function readJoinReply(response: Json, rootId: string): LinkEvent {
  const answered = isJsonObject(response) ? ownField(response, "root_id") : undefined;
  if (answered === undefined || answered === rootId) return { kind: "agreed", root_id: rootId };
  const reason = `the server mounted ${JSON.stringify(answered)} instead of "${rootId}"`;
  return { kind: "refused", response: { reason } };
}
