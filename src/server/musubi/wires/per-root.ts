import { composeRootId } from "../../../wire/mount";
import { TOPIC } from "../../../wire/protocol";
import {
  type Channel,
  type ChannelAnswer,
  type ChannelSocket,
  type JoinAnswer,
  joined,
  reply,
} from "../../phoenix/channel";
import { isObjectPayload, type Payload } from "../../phoenix/payload";
import type { Page } from "../page/page";
import type { ChannelSettings } from "./channel-settings";
import { moduleIn, tellJoin, tellTerminated } from "./channel-telemetry";
import { admitJoin, MAPPED_REASONS, refuseWith } from "./join-answer";
import { pushPageOutput, startPage } from "./page-channel";
import { askPage, isPageEvent } from "./page-event";
import { findRoot, readWantedRoot } from "./root-mount";

type PerRootAssigns = { readonly page: Page };

const TOPIC_PREFIX = `${TOPIC.connection}:`;

/** One channel a root, as Musubi 0.13 has it: the join mounts, the leave unmounts, a crash is the root's own (wire.md 5). */
export function perRootChannel(settings: ChannelSettings): Channel<PerRootAssigns> {
  const { telemetry } = settings;
  return {
    join: (payload, socket) =>
      tellJoin(telemetry, socket, moduleIn(payload), () => join(payload, socket, settings)),
    handleIn,
    handleInfo: (message, socket) => pushPageOutput(message, socket),
    terminate: (reason, { topic }) => tellTerminated(telemetry, topic, reason),
  };
}

async function join(
  payload: Payload,
  socket: ChannelSocket,
  settings: ChannelSettings,
): Promise<JoinAnswer<PerRootAssigns>> {
  if (!socket.topic.startsWith(TOPIC_PREFIX) || !isObjectPayload(payload)) return refuseWith("unauthorized");
  const admitted = await admitJoin(payload, socket, settings, MAPPED_REASONS);
  if (!admitted.ok) return refuseWith(admitted.failure);
  const wanted = readWantedRoot(payload);
  if (!wanted.ok) return refuseWith(wanted.failure);
  const { module, id, params } = wanted.value;
  const store = findRoot(settings.roots, module);
  if (!store.ok) return refuseWith(store.failure);
  // Of the payload, not of the topic: the real server does not compare them (wire.md 5).
  const rootId = composeRootId(module, id);
  const root = { store: store.value, rootId, params, socket: admitted.value };
  const { page } = await startPage(root, socket, settings);
  return joined({ ...socket, assigns: { page } }, { root_id: rootId });
}

async function handleIn(
  event: string,
  payload: Payload,
  socket: ChannelSocket<PerRootAssigns>,
): Promise<ChannelAnswer<PerRootAssigns>> {
  if (!isPageEvent(event)) throw new Error(`A root's channel knows no event "${event}".`);
  if (!isObjectPayload(payload)) throw new Error(`The payload of "${event}" must be an object.`);
  const answer = await askPage(event, payload, socket.assigns.page);
  // Whatever Musubi has no word for is an internal error here; older servers crash (wire.md 9.2).
  if (answer.kind === "unmapped") return reply(socket, "error", { reason: "internal error" });
  return reply(socket, answer.status, answer.response);
}
