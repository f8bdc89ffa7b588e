import { expect, it } from "vitest";
import { createLeftBehind } from "../../src/background/left-behind";
import { type Last, leftBehindKey, writeLeftBehind } from "../../src/bridge/left-behind";
import { createFakeStorageArea } from "../support/fake-storage-area";

function last(document: string, first: number): Last {
  return { kind: "last", document, message: { kind: "events", first, events: [] } };
}

async function leave(...all: readonly Last[]) {
  const session = createFakeStorageArea();
  await session.set({ run: "r1", [leftBehindKey("d0", 1)]: "nonsense" });
  for (const [part, one] of all.entries()) {
    await session.set({ [leftBehindKey(one.document, part)]: writeLeftBehind(one) });
  }
  return session;
}

it("is taken in the order in which each document left it, once, and is gone then", async () => {
  const all = [last("d1", 1), last("d2", 1), last("d1", 5), last("d1", 9)];
  const session = await leave(...all);
  const taken: Last[] = [];
  const leftBehind = createLeftBehind(session, async (one) => {
    await Promise.resolve();
    taken.push(one);
  });
  await Promise.all([leftBehind.collect(), leftBehind.collect()]);
  expect(taken.filter(({ document }) => document === "d1")).toEqual([all[0], all[2], all[3]]);
  expect(taken).toHaveLength(4);
  expect(await session.get(null)).toEqual({ run: "r1" });
});

it("stays until it was taken: a background that is killed meanwhile leaves it for the next", async () => {
  const session = await leave(last("d1", 1));
  const killed = createLeftBehind(session, () => new Promise(() => {}));
  void killed.collect();
  const taken: Last[] = [];
  await createLeftBehind(session, async (one) => void taken.push(one)).collect();
  expect(taken).toEqual([last("d1", 1)]);
});

it("is tried again where it could not be taken", async () => {
  const session = await leave(last("d1", 1));
  let tries = 0;
  const leftBehind = createLeftBehind(session, async () => {
    tries++;
    if (tries === 1) throw new Error("no room");
  });
  await leftBehind.collect();
  await leftBehind.collect();
  expect(tries).toBe(2);
  expect(await session.get(null)).toEqual({ run: "r1" });
});
