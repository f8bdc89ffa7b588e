import { type ReadonlySignal, useSignal } from "@preact/signals";
import { type Channel, Presence, type Socket } from "phoenix";
import { useEffect } from "preact/hooks";
import { joinWhenFree, leaveChannel } from "../../../client/departure";

/** Someone who is there: once, however many windows they have open. */
export type Present = { readonly name: string; readonly windows: number };

/** Joins a plain channel that tracks who is there, with the official Presence class, as long as the component is. */
export function usePresence(socket: Socket, topic: string, name: string): ReadonlySignal<readonly Present[]> {
  const present = useSignal<readonly Present[]>([]);
  useEffect(() => {
    let channel: Channel | null = null;
    const waitNoMore = joinWhenFree(socket, topic, () => {
      channel = socket.channel(topic, { name });
      const presence = new Presence(channel);
      presence.onSync(() => {
        present.value = presence.list(readPresent);
      });
      channel.join();
    });
    return () => {
      waitNoMore();
      if (channel !== null) void leaveChannel(socket, channel);
    };
  }, [socket, topic, name, present]);
  return present;
}

function readPresent(name: string, entry: { readonly metas?: readonly unknown[] }): Present {
  return { name, windows: entry.metas?.length ?? 0 };
}
