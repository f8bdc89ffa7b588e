import { assertNever } from "../../wire/assert-never";
import { TOPIC } from "../../wire/protocol";
import type { ConnectionView } from "../phoenix/connection/connections";
import type { ActiveFault, FaultTarget } from "./active-fault";
import { type Fault, isLinkFault, type LinkFault } from "./fault";
import type { FaultyLink } from "./faulty-link";
import { matchesTopic } from "./frame-match";

/** Whether the fault starts when it is injected: it waits for no frame. */
export function startsAtOnce(fault: Fault): fault is LinkFault {
  return isLinkFault(fault) && fault.start === undefined;
}

/** Whether the fault is over as soon as it has started. */
export function isDoneAtOnce({ kind }: LinkFault): boolean {
  return kind === "drop" || kind === "crash_store";
}

/**
 * Starts a fault on one link. `topic` is that of the frame for which it waited, or null; `views` are the connections of
 * the link's endpoint. The answer is whether there was something to do it to: a store to crash.
 */
export function startLinkFault(
  fault: LinkFault,
  active: ActiveFault,
  link: FaultyLink,
  topic: string | null,
  views: readonly ConnectionView[],
): boolean {
  switch (fault.kind) {
    case "drop":
      link.drop(fault.code);
      return true;
    case "stall":
      link.stall(active, fault.direction);
      return true;
    case "half_open":
      link.halfOpen(active);
      return true;
    case "crash_store": {
      const view = views.find(({ id }) => id === link.about.id);
      return crashChannels(view, fault.topic ?? topic ?? `${TOPIC.musubiPrefix}*`);
    }
    default:
      return assertNever(fault);
  }
}

function crashChannels(view: ConnectionView | undefined, pattern: string): boolean {
  const channels = view?.channels().filter(({ topic }) => matchesTopic(pattern, topic)) ?? [];
  for (const { handle } of channels)
    handle.crash(new Error("A fault was injected that crashes this channel."));
  return channels.length > 0;
}

/** That there was nothing to do the fault to, as a sentence. */
export function describeNothing(fault: LinkFault, target: FaultTarget): string {
  const place = typeof target === "number" ? `connection ${target}` : "any connection";
  return fault.kind === "crash_store"
    ? `There is no store to crash: no channel of ${place} has such a topic.`
    : "There is no connection.";
}
