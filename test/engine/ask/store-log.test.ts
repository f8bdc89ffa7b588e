import { describe, expect, it } from "vitest";
import { createStoreLog, type StoreLog } from "../../../src/engine/ask/store-log";
import { createEngine, type Engine, type LiveRoot } from "../../../src/engine/engine";
import type { SessionEvent } from "../../../src/session/event";
import { folded } from "../../support/folding";
import { envelope, frames, incoming } from "../../support/frames";

const ROOT = "[]";
const LINES = '["lines"]';
const MOUNTED = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0}`;
const EVENTS = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0}
  > add {sku: "x"} < ok > inc {by: 1} @lines < ok > add {sku: "y"} < ok`;

function rootIn(engine: Engine): LiveRoot {
  const root = engine.connections[0]?.roots[0];
  if (root === undefined) throw new Error("There is no root.");
  return root;
}

function pushed(version: number, ...events: readonly object[]): SessionEvent {
  const payload = { ...envelope(version, []), root_id: "c1", events: events.map((event) => ({ ...event })) };
  return incoming(1, "1", null, "musubi:connection", "patch", JSON.parse(JSON.stringify(payload)));
}

const commandsIn = (log: StoreLog, root: LiveRoot, store: string) =>
  log.commandsOf(root, store).map(({ seq, name }) => [seq, name]);

describe("the log of a store", () => {
  it("has the commands that were sent to it, and no other store's", () => {
    const engine = folded(EVENTS);
    const log = createStoreLog(engine);
    log.extend();
    expect(commandsIn(log, rootIn(engine), ROOT)).toEqual([
      [8, "add"],
      [12, "add"],
    ]);
    expect(commandsIn(log, rootIn(engine), LINES)).toEqual([[10, "inc"]]);
    expect(commandsIn(log, rootIn(engine), '["none"]')).toEqual([]);
  });

  it("has its push events, several of one envelope too", () => {
    const toast = { store_id: [], name: "toast", payload: { text: "added" } };
    const engine = folded([
      ...MOUNTED,
      pushed(2, toast, { ...toast, name: "beep" }),
      pushed(3, { ...toast, store_id: ["lines"] }),
    ]);
    const log = createStoreLog(engine);
    log.extend();
    expect(log.eventsOf(rootIn(engine), ROOT)).toMatchObject([
      { seq: 8, name: "toast", payload: { text: "added" } },
      { seq: 8, name: "beep" },
    ]);
    expect(log.eventsOf(rootIn(engine), LINES)).toMatchObject([{ seq: 9 }]);
  });

  it("goes on with what is folded later, and tells nothing twice", () => {
    const engine = createEngine();
    const log = createStoreLog(engine);
    for (const event of EVENTS) {
      engine.fold(event);
      log.extend();
    }
    log.extend();
    expect(commandsIn(log, rootIn(engine), ROOT)).toHaveLength(2);
  });
});
