import type { ConnectionView, OverviewView, RootView, Row } from "../../src/bridge/view";
import type { StoreNode } from "./fake-stores";

/** Views as a host gives them, with only what a test is about to be said. */
export function overview(connections: readonly ConnectionView[], id = "1"): OverviewView {
  return {
    kind: "overview",
    capture: { page: true, tap: "active", why: null, otherSockets: false, storage: null },
    session: { id, isLive: true, events: 0, problems: 0, url: null, title: null },
    past: null,
    connections,
  };
}

export function connection(id: number, more: Partial<ConnectionView> = {}): ConnectionView {
  return {
    ...{ id, frame: null, endpoint: "ws://localhost:4000/socket/websocket", transport: "websocket" },
    ...{ serializer: "2.0.0", status: "connected", channels: [], roots: [] },
    ...more,
  };
}

export function root(rootId: string, more: Partial<RootView> = {}): RootView {
  const key = { connection: 1, topic: `musubi:connection:${rootId}`, root_id: rootId };
  return {
    ...{ key, module: "Demo.CounterStore", caller_id: rootId, params: {}, wire: "per_root" },
    ...{ status: "mounted", epoch: 1, version: 1, last_envelope: null, problems: 0 },
    kept: { stream_ops: 0, upload_ops: 0 },
    ...more,
  };
}

export function storeNode(storeId: readonly string[], ...children: readonly StoreNode[]): StoreNode {
  return { store_id: storeId, children };
}

export function row(seq: number): Row {
  return {
    ...{ seq, t: seq, socket: 1, type: "in", topic: "room:lobby", event: "message", ref: null },
    ...{ join_ref: null, size: 1, summary: "", by: "page", problem: null },
  };
}
