import { readCommandRequest } from "../wire/command";
import type { Frame } from "../wire/frame";
import { readMountRequest } from "../wire/mount";
import { EVENT, TOPIC } from "../wire/protocol";
import type { Refusal } from "../wire/refusal";
import { preview } from "./preview";

/**
 * A sentence for a push that the server itself refused; null where the reason is the word of an app's own channel. To
 * the engine a refusal is an answer like any other; to a person it is something that went wrong.
 */
export function describeRefusal(push: Frame, { reason, meaning }: Refusal): string | null {
  const isOurs = push.event === EVENT.join || push.topic.startsWith(TOPIC.musubiPrefix);
  if (!isOurs) return null;
  return `The server refused ${describePush(push)} on ${push.topic}: ${reason}. ${meaning}`;
}

function describePush({ event, payload }: Frame): string {
  switch (event) {
    case EVENT.join:
      return "the join";
    case EVENT.command: {
      const { name, store_id } = readCommandRequest(payload);
      return `the command ${preview(name)} to store ${preview(store_id ?? [])}`;
    }
    case EVENT.mount:
      return `the mount of ${preview(readMountRequest(payload)?.module ?? null)}`;
    default:
      return `the push ${event}`;
  }
}
