import type { AsyncResult } from "../../src/server/musubi/async-result";
import { child } from "../../src/server/musubi/child";
import { defineStore } from "../../src/server/musubi/define-store";
import { subscribe } from "../../src/server/musubi/pubsub";
import { assign, type MusubiSocket, storeId } from "../../src/server/musubi/socket";
import { noreply, type Rendered, type RenderedObject, type Store } from "../../src/server/musubi/store";
import { streamSlot } from "../../src/server/musubi/stream-slot";
import type { TaskResult } from "../../src/server/musubi/task-result";
import { requireNumber, requireString } from "../../src/server/payload";
import { assertNever } from "../../src/wire/assert-never";
import type { Json, JsonObject } from "../../src/wire/json";
import { type Busy, itemKeyOf, NEWS, Orders, perform } from "./random-actions";
import type { AsyncShown } from "./random-oracle";
import {
  type Action,
  type AsyncKey,
  type ChildModule,
  type Fields,
  mapFields,
  type Plan,
} from "./random-plans";
import type { PageRecord, World } from "./random-records";

type BusySocket = MusubiSocket<Busy>;

type Props = {
  readonly page: PageRecord;
  readonly plan: Fields;
  readonly init: readonly Action[];
  readonly tell: Busy["tell"];
};

/** What every store shows, whatever its plan. */
const ALWAYS: Fields = {
  rows: { kind: "stream", stream: "rows" },
  log: { kind: "async", key: "log" },
  user: { kind: "async", key: "user" },
  cart: { kind: "async", key: "cart" },
};

const NOTHING_YET = { bumps: 0, note: null, user: null, cart: null, log: null } as const;

/** What roots and children do alike. */
const callbacks = {
  commands: {
    /** The actions travel beside the wire, which has only their number. */
    do: (payload: JsonObject, socket: BusySocket) => {
      const { orders } = socket.assigns.record.page.world;
      return noreply(follow(orders[requireNumber(payload, "order")], socket));
    },
    nothing: (_payload: JsonObject, socket: BusySocket) => noreply(socket),
  },
  handleInfo: follow,
  handleAsync: (_name: string, result: TaskResult, socket: BusySocket) =>
    follow(result.kind === "ok" ? result.value : null, socket),
  streams: { rows: {}, log: { itemKey: ({ id = null }: JsonObject) => itemKeyOf("log", id) } },
};

/** What is no orders, such as the failure of a task, is counted. */
function follow(message: unknown, socket: BusySocket): BusySocket {
  return perform(socket, message instanceof Orders ? message.actions : [{ do: "bump" }]);
}

const children: { readonly [Module in ChildModule]: Store<Props> } = {
  "Test.Plan": createChildStore("Test.Plan"),
  "Test.Other": createChildStore("Test.Other"),
};

function createChildStore(module: ChildModule): Store<Props> {
  return defineStore<Props, Busy>({
    ...callbacks,
    module,
    init: (socket) => {
      const { page, plan, init, tell } = socket.assigns;
      const record = page.start(module, storeId(socket));
      return perform(assign(socket, { ...NOTHING_YET, record, plan, tell }), init);
    },
    update: (given: Props & { readonly orders?: unknown }, socket) =>
      given.orders === undefined ? assign(socket, "plan", given.plan) : follow(given.orders, socket),
    render: ({ assigns }) => show(assigns, {}),
    terminate: (_reason, { assigns: { record } }) => {
      record.isGone = true;
    },
  });
}

/** A root that says which of the mounts of its id it is, and begins as the order says that its params name. */
export function createRootStore(module: string, world: World): Store {
  return defineStore<Busy>({
    ...callbacks,
    module,
    root: true,
    mount: (params, socket) => {
      const record = world.mount(requireString(params, "id")).start(module, storeId(socket));
      const fresh = assign(socket, { ...NOTHING_YET, record, plan: {}, tell: null });
      return follow(world.orders[requireNumber(params, "order")], subscribe(fresh, NEWS));
    },
    update: ({ orders }, socket) => follow(orders, socket),
    render: ({ assigns }) => show(assigns, { epoch: assigns.record.page.epoch }),
    terminate: (_reason, { assigns: { record } }) => {
      record.isGone = true;
      record.page.isEnded = true;
    },
  });
}

/** Renders the plan, and notes what that gave. */
function show(
  { record, plan, bumps, note, user, cart, log }: Busy,
  besides: { readonly [key: string]: Json },
): RenderedObject {
  const own = { ...besides, bumps, note };
  const async = new Map<AsyncKey, AsyncShown>();
  if (user !== null) async.set("user", noteAsync(user, user.result));
  if (cart !== null) async.set("cart", noteAsync(cart, cart.result));
  if (log !== null) async.set("log", noteAsync(log, null));
  const fields = { ...ALWAYS, ...plan };
  record.show({ plan, fields, own, async });
  const values = { user, cart, log };
  return { ...own, ...mapFields(fields, renderPlan) };

  function renderPlan(value: Plan): Rendered {
    switch (value.kind) {
      case "value":
        return value.value;
      case "list":
        return value.items.map((item) => renderPlan(item));
      case "fields":
        return mapFields(value.fields, renderPlan);
      case "stream":
        return streamSlot(value.stream);
      case "async":
        return values[value.key];
      case "store": {
        const { id, module, fields, init } = value;
        return child(children[module], { id, page: record.page, plan: fields, init, tell: tellParent });
      }
      default:
        return assertNever(value);
    }
  }
}

/** One function for all children, so that equal props are equal. */
function tellParent(parent: BusySocket, actions: readonly Action[]): BusySocket {
  return perform(parent, actions);
}

function noteAsync({ status, reason }: AsyncResult, result: Json): AsyncShown {
  return {
    status,
    result,
    reason: reason === null ? null : { kind: reason.kind, value: requireJson(reason.value) },
  };
}

/** All reasons of these programs are values that JSON can hold. */
function requireJson(value: unknown): Json {
  const parsed: Json = JSON.parse(JSON.stringify(value));
  return parsed;
}
