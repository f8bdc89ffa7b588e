import { assertNever } from "../../wire/assert-never";
import { isObject, type JsonObject } from "../../wire/json";
import { TOPIC } from "../../wire/protocol";
import { failure, type Result, success } from "../../wire/result";
import type { Awaitable } from "../awaitable";
import type { ConnectInfo } from "../phoenix/connect-info";
import { type Route, route } from "../phoenix/route";
import type { Socket } from "../phoenix/socket";
import type { ConnectAnswer, SocketDefinition } from "../phoenix/socket-definition";
import { createSocket, type MusubiSocket } from "./socket";
import { checkAnswer, ok, type SocketAnswer } from "./socket-answer";
import { putConnectInfo, putSession } from "./socket-context";
import type { Store } from "./store";
import { silentTelemetry, type Telemetry } from "./telemetry";
import { uploadRoute } from "./uploads/upload-channel";
import { adapterChannel } from "./wires/adapter";
import type { ChannelSettings, HandleJoin } from "./wires/channel-settings";
import { putConnected } from "./wires/connected-socket";
import { multiplexedChannel } from "./wires/multiplexed";
import { perRootChannel } from "./wires/per-root";

/**
 * How roots are carried: `per_root` is a channel each (Musubi 0.13), `multiplexed` one channel for all of a connection
 * (Musubi 0.6), `adapter` a channel each without root ids (`Musubi.Transport.Channel`; wire.md 3).
 */
export type Wire = "per_root" | "multiplexed" | "adapter";

/** Whether a client may connect, and with what assigns; asked once a connection. */
export type HandleConnect = (params: JsonObject, socket: MusubiSocket) => Awaitable<SocketAnswer>;

export type MusubiSocketOptions = {
  /** The stores that clients may mount. Each must be declared with `root: true`. */
  readonly roots: readonly Store[];
  /** `per_root` where it says nothing. */
  readonly wire?: Wire;
  /** Without it everyone may connect. A refusal is HTTP 403. */
  readonly handleConnect?: HandleConnect;
  /** Without it everyone may join. */
  readonly handleJoin?: HandleJoin;
  /** FOR DEVELOPMENT ONLY: also sends what stores hold, `devtools:assigns` (lens.md). */
  readonly lens?: boolean;
  /** Further channels of the application; the first route that matches wins, these before Musubi's. */
  readonly routes?: readonly Route[];
  readonly telemetry?: Telemetry;
};

/** A socket on which clients mount `roots`. */
export type MusubiSocketDefinition = SocketDefinition & { readonly roots: readonly Store[] };

/**
 * Declares a socket on which clients mount `roots`. Throws for a root that is no root store, and for two of one module.
 * Its `id` is null: no `disconnect` broadcast reaches its clients (wire.md 1.4).
 *
 *     defineSocket({ roots: [CartStore] }).roots // [CartStore]
 *
 *     defineSocket({
 *       roots: [CartStore],
 *       wire: "multiplexed",
 *       handleConnect: (params, socket) => ok(assign(socket, { user: requireString(params, "user") })),
 *       handleJoin: (_params, socket) => (socket.assigns.user === "" ? error("unauthorized") : ok(socket)),
 *     })
 */
export function defineSocket(options: MusubiSocketOptions): MusubiSocketDefinition {
  const { roots, wire = "per_root", handleConnect = letIn, handleJoin = letIn, lens = false } = options;
  const { routes = [], telemetry = silentTelemetry } = options;
  checkRoots(roots);
  const byModule = new Map(roots.map((store) => [store.module, store]));
  const settings: ChannelSettings = { roots: byModule, handleJoin, lens, telemetry };
  return {
    roots,
    routes: [...routes, uploadRoute(), musubiRoute(wire, settings)],
    id: () => null,
    connect: (params, socket, info) => connect(params, socket, info, { handleConnect, telemetry }),
  };
}

/**
 * The declared root of that dotted name (wire.md 14).
 *
 *     fetchRootByModule(defineSocket({ roots: [CartStore] }), "Shop.Cart") // { ok: true, value: CartStore }
 *     fetchRootByModule(defineSocket({ roots: [CartStore] }), "Shop") // { ok: false, failure: "unknown root" }
 */
export function fetchRootByModule(
  { roots }: Pick<MusubiSocketDefinition, "roots">,
  module: string,
): Result<Store, "unknown root"> {
  const store = roots.find((declared) => declared.module === module);
  return store === undefined ? failure("unknown root") : success(store);
}

function letIn(_params: JsonObject, socket: MusubiSocket): SocketAnswer {
  return ok(socket);
}

function checkRoots(roots: readonly Store[]): void {
  const seen = new Set<string>();
  for (const { module, root } of roots) {
    if (!root) throw new Error(`${module} cannot be a root of the socket: declare it with "root: true".`);
    if (seen.has(module))
      throw new Error(`The socket has two roots of the module ${module}: keep one of them.`);
    seen.add(module);
  }
}

function musubiRoute(wire: Wire, settings: ChannelSettings): Route {
  const pattern = `${TOPIC.musubiPrefix}*`;
  switch (wire) {
    case "per_root":
      return route(pattern, perRootChannel(settings));
    case "multiplexed":
      return route(pattern, multiplexedChannel(settings));
    case "adapter":
      return route(pattern, adapterChannel(settings));
    default:
      return assertNever(wire);
  }
}

async function connect(
  params: JsonObject,
  socket: Socket,
  info: ConnectInfo,
  { handleConnect, telemetry }: { readonly handleConnect: HandleConnect; readonly telemetry: Telemetry },
): Promise<ConnectAnswer> {
  // Whatever is no map counts as none (wire.md 14).
  const session = isObject(info.session) ? info.session : {};
  const { endpoint, transport } = socket;
  const fresh = createSocket("", [], {}, { endpoint, transport });
  const informed = putSession(putConnectInfo(fresh, { ...info, session }), session);
  const answer = checkAnswer(await handleConnect(params, informed), "handleConnect");
  if (answer.kind === "ok") return { kind: "ok", socket: putConnected(socket, answer.socket) };
  telemetry.emit("musubi.auth.deny", {}, { topic: null, reason: answer.reason ?? "unauthorized" });
  return answer.reason === null ? { kind: "refused" } : { kind: "refused", reason: answer.reason };
}
