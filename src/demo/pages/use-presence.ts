import { type ReadonlySignal, useSignal } from "@preact/signals";
import { Presence, type Socket } from "phoenix";
import { useEffect } from "preact/hooks";

/** Someone who is there: once, however many windows they have open. */
export type Present = { readonly name: string; readonly windows: number };

/** Joins a plain channel that tracks who is there, with the official Presence class, as long as the component is. */
export function usePresence(socket: Socket, topic: string, name: string): ReadonlySignal<readonly Present[]> {
  const present = useSignal<readonly Present[]>([]);
  useEffect(() => {
    const channel = socket.channel(topic, { name });
    const presence = new Presence(channel);
    presence.onSync(() => {
      present.value = presence.list(readPresent);
    });
    channel.join();
    return () => void channel.leave();
  }, [socket, topic, name, present]);
  return present;
}

function readPresent(name: string, entry: { readonly metas?: readonly unknown[] }): Present {
  return { name, windows: entry.metas?.length ?? 0 };
}
