import type { Faults } from "../../server/faults/faults";
import { createFaultsChannel } from "../../server/faults/faults-channel";
import { defineSocket, type MusubiSocketDefinition, type Wire } from "../../server/musubi/define-socket";
import { route } from "../../server/phoenix/route";
import { defineCartStore } from "./cart/cart-store";
import { createPresenceChannel } from "./chat/presence-channel";
import { defineRoomStore } from "./chat/room-store";
import { createRooms } from "./chat/rooms";
import { echoChannel } from "./echo-channel";
import { type Pause, pause } from "./pause";
import { definePollListStore } from "./poll/poll-list-store";
import { definePollStore } from "./poll/poll-store";
import { createPolls } from "./poll/polls";
import { CounterStore } from "./start/counter-store";
import { TodoStore } from "./start/todo-store";
import { StressStore } from "./stress/stress-store";
import { UploadStore } from "./upload/upload-store";

export type DemoOptions = {
  /** How roots are carried; a channel each where it says nothing. */
  readonly wire?: Wire;
  /** Whether what stores hold is told to development tools. */
  readonly lens?: boolean;
  /** What clients may have done to their own connections on `faults:*`, besides what needs no help. */
  readonly faults?: Faults;
  /** What a store does that waits for something. */
  readonly wait?: Pause;
  /** The present as an ISO date. */
  readonly now?: () => string;
};

/**
 * All demo roots, the plain channels `echo:*` and `presence:*`, and `faults:*`, which only a demo may have. What the
 * visitors of a poll or a room share is shared by everyone on this socket, and gone with it.
 */
export function createDemoSocket(options: DemoOptions = {}): MusubiSocketDefinition {
  const { wire = "per_root", lens = false, faults = null, wait = pause } = options;
  const { now = () => new Date().toISOString() } = options;
  const polls = createPolls();
  return defineSocket({
    wire,
    lens,
    roots: [
      CounterStore,
      TodoStore,
      definePollStore(polls),
      definePollListStore(polls),
      defineRoomStore(createRooms(now), wait),
      defineCartStore(wait),
      UploadStore,
      StressStore,
    ],
    routes: [
      route("echo:*", echoChannel),
      route("presence:*", createPresenceChannel()),
      route("faults:*", createFaultsChannel(faults)),
    ],
  });
}
