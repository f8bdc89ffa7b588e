import type { JsonObject } from "../../../wire/json";
import { takeStreams } from "../stream-state";
import type { Telemetry } from "../telemetry";
import type { StoreNode } from "./store-node";

/** What stores say besides their state. */
export type Outgoing = { readonly streamOps: readonly JsonObject[]; readonly events: readonly JsonObject[] };

/** Takes it of these stores, which are in wire order: shortest ids first (wire.md 8, 10). */
export function takeOutgoing(
  nodes: readonly StoreNode[],
  rootId: string | null,
  telemetry: Telemetry,
): Outgoing {
  const streamOps: JsonObject[] = [];
  const events: JsonObject[] = [];
  for (const node of nodes) {
    for (const op of takeStreamOps(node, rootId, telemetry)) streamOps.push(op);
    for (const { name, payload } of node.events) events.push({ store_id: node.storeId, name, payload });
    node.events = [];
  }
  return { streamOps, events };
}

function takeStreamOps(node: StoreNode, root: string | null, telemetry: Telemetry): readonly JsonObject[] {
  const { storeId, store } = node;
  const { socket, flushes } = takeStreams(node.socket, storeId);
  node.socket = socket;
  for (const { stream, isReset, inserts, deletes } of flushes) {
    telemetry.emit(
      "musubi.stream.flush",
      { inserts: inserts.length, deletes: deletes.length },
      { root, module: store.module, storeId, stream, isReset },
    );
  }
  return flushes.flatMap(({ ops }) => ops);
}
