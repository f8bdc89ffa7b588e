import { faultsChannel } from "../../server/faults/faults-channel";
import { defineSocket } from "../../server/musubi/define-socket";
import { route } from "../../server/phoenix/route";
import type { SocketDefinition } from "../../server/phoenix/socket";
import { CounterStore } from "./counter-store";
import { echoChannel } from "./echo-channel";
import { TodoStore } from "./todo-store";

/** All demo roots, the plain channel `echo:*`, and `faults:*`, which only a demo may have. */
export const demoSocket: SocketDefinition = defineSocket({
  roots: [CounterStore, TodoStore],
  routes: [route("echo:*", echoChannel), route("faults:*", faultsChannel)],
});
