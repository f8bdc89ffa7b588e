import { assignAsync } from "../../../../src/server/musubi/async";
import type { AsyncResult } from "../../../../src/server/musubi/async-result";
import { child } from "../../../../src/server/musubi/child";
import { defineStore } from "../../../../src/server/musubi/define-store";
import { assign, type MusubiSocket, storeId, update } from "../../../../src/server/musubi/socket";
import { noreply, type Rendered, type RenderedObject } from "../../../../src/server/musubi/store";
import { stream, streamDeleteByKey, streamInsert } from "../../../../src/server/musubi/stream";
import { streamSlot } from "../../../../src/server/musubi/stream-slot";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../../../src/wire/json";

/** A plan is JSON; an object with this key in it stands for a child store with that id. */
export const STORE = "$store";
export const STREAM_NAMES = ["rows", "log"] as const;

export type StreamCall =
  | { readonly kind: "insert"; readonly id: number; readonly at: number; readonly limit: number | null }
  | { readonly kind: "delete"; readonly id: number }
  | { readonly kind: "reset"; readonly ids: readonly number[] };

export type Step =
  | { readonly kind: "show"; readonly plan: JsonObject }
  | { readonly kind: "bump"; readonly which: number }
  | {
      readonly kind: "stream";
      readonly which: number;
      readonly calls: readonly (readonly [(typeof STREAM_NAMES)[number], StreamCall])[];
    }
  | { readonly kind: "load"; readonly which: number }
  | { readonly kind: "settle"; readonly which: number; readonly fails: boolean };

type Held = { readonly plan: JsonObject; readonly bumps: number; readonly user: AsyncResult | null };

/** Every task that was started, in order, by the JSON of its store's id. */
export const tasks: { readonly store: string; readonly end: (fails: boolean, value: number) => void }[] = [];

const commands = {
  bump: (_payload: unknown, socket: MusubiSocket<Held>) =>
    noreply(update(socket, "bumps", (bumps) => bumps + 1)),
  stream: ({ calls }: { readonly calls?: Json }, socket: MusubiSocket<Held>) => {
    const given: Extract<Step, { kind: "stream" }>["calls"] = JSON.parse(JSON.stringify(calls));
    return noreply(given.reduce((streamed, [name, call]) => runStreamCall(streamed, name, call), socket));
  },
  load: (_payload: unknown, socket: MusubiSocket<Held>) =>
    noreply(
      assignAsync(socket, "user", () => {
        return new Promise((resolve, reject) => {
          const end = (fails: boolean, value: number) => (fails ? reject(value) : resolve(value));
          tasks.push({ store: JSON.stringify(storeId(socket)), end });
        });
      }),
    ),
};

function runStreamCall(socket: MusubiSocket<Held>, name: string, call: StreamCall): MusubiSocket<Held> {
  switch (call.kind) {
    case "insert": {
      const limit = call.limit === null ? {} : { limit: call.limit };
      return streamInsert(socket, name, { id: call.id }, { at: call.at, ...limit });
    }
    case "delete":
      return streamDeleteByKey(socket, name, `${name}-${call.id}`);
    case "reset":
      return stream(
        socket,
        name,
        call.ids.map((id) => ({ id })),
        { reset: true },
      );
  }
}

const streams = { rows: {}, log: {} };
const NOTHING: Omit<Held, "plan"> = { bumps: 0, user: null };

const nodeStore = defineStore<{ readonly plan: JsonObject }, Held>({
  module: "Test.Node",
  streams,
  commands,
  init: (socket) => assign(socket, NOTHING),
  render: ({ assigns }) => ({ ...renderHeld(assigns), ...renderFields(assigns.plan) }),
});

export const rootStore = defineStore<Held>({
  module: "Test.NodeRoot",
  root: true,
  streams,
  mount: (_params, socket) => assign(socket, { ...NOTHING, plan: {} }),
  render: ({ assigns }) => ({ ...renderHeld(assigns), ...renderFields(assigns.plan) }),
  commands: {
    ...commands,
    show: ({ plan }, socket) => noreply(assign(socket, { plan: isJsonObject(plan) ? plan : {} })),
  },
});

function renderHeld({ bumps, user }: Held): RenderedObject {
  return { bumps, user, rows: streamSlot("rows") };
}

function renderFields(plan: JsonObject): RenderedObject {
  return Object.fromEntries(
    Object.entries(plan).flatMap(([key, value]) => (key === STORE ? [] : [[key, renderPlan(value)]])),
  );
}

function renderPlan(plan: Json): Rendered {
  if (isJsonArray(plan)) return plan.map(renderPlan);
  if (!isJsonObject(plan)) return plan;
  const id = plan[STORE];
  return typeof id === "string" ? child(nodeStore, { id, plan }) : renderFields(plan);
}
