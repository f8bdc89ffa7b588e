import { isJsonObject, type JsonObject } from "../../../wire/json";
import { EVENT } from "../../../wire/protocol";
import { failure, type Result, success } from "../../../wire/result";
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
import type { Store } from "../store";
import type { ChannelSettings } from "./channel-settings";
import { moduleIn, tellJoin, tellTerminated } from "./channel-telemetry";
import { admitJoin, MAPPED_REASONS, refuseWith } from "./join-answer";
import { omitEmptyEvents, pushPageOutput, startPage } from "./page-channel";
import { askPage } from "./page-event";
import { isFilled, type Roots } from "./root-mount";

type AdapterAssigns = { readonly page: Page };

/** The id with which the client joined is among the root's params under this name: envelopes do not have it. */
const ID_PARAM = "__musubi_root_id__";

/**
 * The optional adapter, `Musubi.Transport.Channel`: one channel a root on any topic, the join mounts, and no envelope has
 * a root id. It knows commands and nothing else (wire.md 3, 11).
 */
export function adapterChannel(settings: ChannelSettings): Channel<AdapterAssigns> {
  const { telemetry } = settings;
  return {
    join: (payload, socket) =>
      tellJoin(telemetry, socket, moduleIn(payload), () => join(payload, socket, settings)),
    handleIn,
    handleInfo: (message, socket) => pushPageOutput(message, socket, omitEmptyEvents),
    terminate: (reason, { topic }) => tellTerminated(telemetry, topic, reason),
  };
}

async function join(
  payload: Payload,
  socket: ChannelSocket,
  settings: ChannelSettings,
): Promise<JoinAnswer<AdapterAssigns>> {
  if (!isObjectPayload(payload)) throw new Error("The payload of a root's join must be an object.");
  // The real adapter asks nobody; an application that declares `handleJoin` wants it asked all the same.
  const admitted = await admitJoin(payload, socket, settings, MAPPED_REASONS);
  if (!admitted.ok) return refuseWith(admitted.failure);
  const { module, id } = payload;
  if (!isFilled(module)) return refuseWith("missing module");
  if (!isFilled(id)) return refuseWith("missing id");
  const store = findAllowed(settings.roots, module);
  if (!store.ok) return refuseWith(store.failure);
  const params = { ...readParams(payload), [ID_PARAM]: id };
  const root = { store: store.value, rootId: null, params, socket: admitted.value };
  const { page } = await startPage(root, socket, settings);
  return joined({ ...socket, assigns: { page } });
}

/** The declared roots are the allowlist; that one of them is not loadable, as on the real server, cannot be here. */
function findAllowed(roots: Roots, module: string): Result<Store, string> {
  const store = roots.get(module);
  if (store === undefined) return failure(`module ${JSON.stringify(module)} is not in the channel allowlist`);
  if (!store.root) return failure(`module ${JSON.stringify(module)} is not a Musubi root store`);
  return success(store);
}

/** Absent, null and false count as none; any other value that is no object crashes the join, as on the real server. */
function readParams({ params = null }: JsonObject): JsonObject {
  if (params === null || params === false) return {};
  if (isJsonObject(params)) return params;
  throw new Error("The params of a root's join must be an object.");
}

async function handleIn(
  event: string,
  payload: Payload,
  socket: ChannelSocket<AdapterAssigns>,
): Promise<ChannelAnswer<AdapterAssigns>> {
  if (event !== EVENT.command) throw new Error(`A root's channel knows no event "${event}".`);
  if (!isObjectPayload(payload) || typeof payload.name !== "string") {
    throw new Error("A command's payload must be an object with a name.");
  }
  // The adapter looks for the command of any name; no store has one of none.
  if (payload.name === "") return reply(socket, "error", { reason: "unknown command" });
  const answer = await askPage(event, payload, socket.assigns.page);
  if (answer.kind === "unmapped") throw new Error(`A command was answered with "${answer.reason}".`);
  return reply(socket, answer.status, answer.response);
}
