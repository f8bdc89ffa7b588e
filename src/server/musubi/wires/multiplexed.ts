import type { JsonObject } from "../../../wire/json";
import { EVENT } from "../../../wire/protocol";
import type { Assigns } from "../../phoenix/assigns";
import {
  type Channel,
  type ChannelAnswer,
  type ChannelSocket,
  type JoinAnswer,
  joined,
  reply,
} from "../../phoenix/channel";
import { isObjectPayload, type Payload } from "../../phoenix/payload";
import type { MusubiSocket } from "../socket";
import type { ChannelSettings } from "./channel-settings";
import { tellJoin, tellTerminated } from "./channel-telemetry";
import { admitJoin, type JoinReasons, refuseWith } from "./join-answer";
import { omitEmptyEvents, pushPageOutput, type RunningPage, startPage } from "./page-channel";
import { askPage, isPageEvent, missesField, type PageEvent } from "./page-event";
import { findRoot, isFilled, readWantedRoot } from "./root-mount";

type ConnectionAssigns = {
  /** What `handleJoin` left: every root is built from it. */
  readonly joined: MusubiSocket<Assigns>;
  /** By root id, which is the client's own. */
  readonly roots: ReadonlyMap<string, RunningPage>;
};

type ConnectionSocket = ChannelSocket<ConnectionAssigns>;

const OWN_REASONS: JoinReasons = {
  unauthorized: "unauthorized",
  invalid_params: "params must be a map",
  not_found: null,
  forbidden: null,
};

/**
 * One channel for all roots of a connection, as Musubi 0.6 has it: `mount` and `unmount` are pushes, messages name their
 * root, one mailbox serialises them all, and a crash of any page takes every root with it (wire.md 4, 11).
 */
export function multiplexedChannel(settings: ChannelSettings): Channel<ConnectionAssigns> {
  const { telemetry } = settings;
  return {
    join: (payload, socket) => tellJoin(telemetry, socket, null, () => join(payload, socket, settings)),
    handleIn: async (event, payload, socket) => {
      if (!isObjectPayload(payload)) throw new Error(`The payload of "${event}" must be an object.`);
      if (event === EVENT.mount) return mount(payload, socket, settings);
      if (event === EVENT.unmount) return unmount(payload, socket);
      if (isPageEvent(event)) return askRoot(event, payload, socket);
      throw new Error(`A connection's channel knows no event "${event}".`);
    },
    handleInfo: (message, socket) => pushPageOutput(message, socket, omitEmptyEvents),
    terminate: (reason, { topic }) => tellTerminated(telemetry, topic, reason),
  };
}

async function join(
  payload: Payload,
  socket: ChannelSocket,
  settings: ChannelSettings,
): Promise<JoinAnswer<ConnectionAssigns>> {
  if (!isObjectPayload(payload)) throw new Error("The payload of a connection's join must be an object.");
  const admitted = await admitJoin(payload, socket, settings, OWN_REASONS);
  if (!admitted.ok) return refuseWith(admitted.failure);
  return joined({ ...socket, assigns: { joined: admitted.value, roots: new Map() } });
}

async function mount(
  payload: JsonObject,
  socket: ConnectionSocket,
  settings: ChannelSettings,
): Promise<ChannelAnswer<ConnectionAssigns>> {
  const { joined, roots } = socket.assigns;
  const wanted = readWantedRoot(payload);
  if (!wanted.ok) return refuse(socket, wanted.failure);
  const { module, id, params } = wanted.value;
  // By id alone, whatever the module; and before it is asked whether there is such a module (wire.md 11).
  if (roots.has(id)) return refuse(socket, "root already mounted");
  const store = findRoot(settings.roots, module);
  if (!store.ok) return refuse(socket, store.failure);
  const root = { store: store.value, rootId: id, params, socket: joined, rendersHalted: false };
  const running = await startPage(root, socket, settings);
  const mounted = withRoots(socket, new Map([...roots, [id, running]]));
  return reply(mounted, "ok", { root_id: id });
}

function unmount(payload: JsonObject, socket: ConnectionSocket): ChannelAnswer<ConnectionAssigns> {
  const { root_id: rootId } = payload;
  if (!isFilled(rootId)) return refuse(socket, "missing required field");
  const running = socket.assigns.roots.get(rootId);
  if (running === undefined) return refuse(socket, "unknown root");
  running.unmount();
  const left = new Map([...socket.assigns.roots].filter(([id]) => id !== rootId));
  // Envelopes of the root that wait in the mailbox still go out, as from the real server (wire.md 4).
  return reply(withRoots(socket, left), "ok", {});
}

async function askRoot(
  event: PageEvent,
  payload: JsonObject,
  socket: ConnectionSocket,
): Promise<ChannelAnswer<ConnectionAssigns>> {
  const { root_id: rootId } = payload;
  if (missesField(event, payload) || !isFilled(rootId)) return refuse(socket, "missing required field");
  const running = socket.assigns.roots.get(rootId);
  if (running === undefined) return refuse(socket, "unknown root");
  const answer = await askPage(event, payload, running.page);
  // Musubi 0.6 has no clause for it, and so crashes (wire.md 9.2).
  if (answer.kind === "unmapped") throw new Error(`"${event}" was answered with "${answer.reason}".`);
  return reply(socket, answer.status, answer.response);
}

function withRoots(socket: ConnectionSocket, roots: ConnectionAssigns["roots"]): ConnectionSocket {
  return { ...socket, assigns: { ...socket.assigns, roots } };
}

function refuse(socket: ConnectionSocket, reason: string): ChannelAnswer<ConnectionAssigns> {
  return reply(socket, "error", { reason });
}
