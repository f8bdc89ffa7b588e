import { isJsonObject, type JsonObject } from "../../../wire/json";
import { MARKER } from "../../../wire/protocol";
import type { Timers } from "../../timers";
import { isPlainObject } from "../equal";
import { hooksAt, type StoreEvent, type StoreOutput } from "../hook";
import { resetChanged } from "../socket";
import type { Telemetry } from "../telemetry";
import { encodeJson } from "./encode-json";
import type { Cause } from "./lens-message";
import { materialise, type ResolveChild } from "./materialise";
import type { StoreNode } from "./store-node";

/** One render of a store. Times in milliseconds. */
export type RenderReport = {
  readonly node: StoreNode;
  readonly cause: Cause;
  /** The assigns that were marked as changed. */
  readonly changed: readonly string[];
  readonly renderMs: number;
  validateMs: number;
};

/** Calls `render` and the hooks after it, and measures them. */
export class StoreRenderer {
  readonly #rootId: string | null;
  readonly #timers: Timers;
  readonly #telemetry: Telemetry;
  /** What the children of the store that is being materialised took: it is not the store's own time. */
  #innerMs = 0;

  constructor(rootId: string | null, timers: Timers, telemetry: Telemetry) {
    this.#rootId = rootId;
    this.#timers = timers;
    this.#telemetry = telemetry;
  }

  /** Renders a store anew; afterwards nothing of it is marked as changed. */
  render(node: StoreNode): RenderReport {
    const startedAt = this.#timers.now();
    const { socket, cause, store } = node;
    const rendered: unknown = store.render(socket);
    if (!isPlainObject(rendered)) throw new Error(`What ${store.module} rendered must be an object.`);
    const output = hooksAt(socket, "afterRender").reduce(
      (before: StoreOutput<{ readonly [key: string]: unknown }>, { run }) => run(before, socket),
      { render: rendered, events: node.events },
    );
    node.rendered = output.render;
    node.events = encodeEvents(output.events, node);
    node.socket = resetChanged(socket);
    node.mustRender = false;
    const renderMs = this.#timers.now() - startedAt;
    this.#innerMs += renderMs;
    this.#telemetry.emit("musubi.render.stop", { duration: renderMs }, this.#placeOf(node));
    return { node, cause, changed: [...socket.changed], renderMs, validateMs: 0 };
  }

  /** Makes the store's wire object of what it rendered, its children resolved meanwhile. `report` is of that render. */
  materialise(node: StoreNode, report: RenderReport, resolveChild: ResolveChild): void {
    const startedAt = this.#timers.now();
    const outer = this.#innerMs;
    this.#innerMs = 0;
    try {
      this.serialize(node, materialise(node.rendered, node.store, node.storeId, resolveChild));
      report.validateMs = this.#timers.now() - startedAt - this.#innerMs;
      this.#telemetry.emit("musubi.validate.stop", { duration: report.validateMs }, this.#placeOf(node));
    } catch (error) {
      const duration = this.#timers.now() - startedAt - this.#innerMs;
      this.#telemetry.emit("musubi.validate.exception", { duration }, { ...this.#placeOf(node), error });
      throw error;
    } finally {
      this.#innerMs = outer + this.#timers.now() - startedAt;
    }
  }

  /** The store's wire object is `encoded`, or what the hooks make of it. */
  serialize(node: StoreNode, encoded: JsonObject): void {
    node.encoded = encoded;
    const hooks = hooksAt(node.socket, "afterSerialize");
    node.wire = hooks.length === 0 ? encoded : this.#afterSerialize(node, encoded);
  }

  #afterSerialize(node: StoreNode, encoded: JsonObject): JsonObject {
    const output = hooksAt(node.socket, "afterSerialize").reduce(
      (before: StoreOutput<JsonObject>, { run }) => run(before, node.socket),
      { render: encoded, events: node.events },
    );
    node.events = encodeEvents(output.events, node);
    if (!isJsonObject(output.render))
      throw new Error(`An afterSerialize hook of ${node.store.module} gave no object.`);
    return { ...output.render, [MARKER.storeId]: node.storeId };
  }

  #placeOf({ store, storeId }: StoreNode) {
    return { root: this.#rootId, module: store.module, storeId };
  }
}

function encodeEvents(
  events: readonly StoreEvent[],
  { events: before, store }: StoreNode,
): readonly StoreEvent[] {
  if (events === before) return before;
  return events.map(({ name, payload }) => ({
    name,
    payload: encodeJson(payload, `The event "${name}" of ${store.module}`),
  }));
}

/** One report a store, where a cycle took several passes. */
export function mergeReports(reports: readonly RenderReport[]): readonly RenderReport[] {
  const byNode = new Map<StoreNode, RenderReport>();
  for (const report of reports) {
    const before = byNode.get(report.node);
    byNode.set(report.node, before === undefined ? report : mergeTwo(before, report));
  }
  return [...byNode.values()].filter(({ node }) => !node.isGone);
}

function mergeTwo(before: RenderReport, after: RenderReport): RenderReport {
  return {
    node: after.node,
    cause: before.cause,
    changed: [...new Set([...before.changed, ...after.changed])],
    renderMs: before.renderMs + after.renderMs,
    validateMs: before.validateMs + after.validateMs,
  };
}
