import { expect, it } from "vitest";
import { viewOverview } from "../../src/host/overview-view";
import { frames } from "../support/frames";
import { createLifeScene } from "../support/life-scene";

const { scene } = createLifeScene(frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0}`);
const statusOf = (over: { readonly isLive: boolean; readonly at: number | null }) =>
  viewOverview({ ...scene(over.at), isLive: over.isLive }).connections[0]?.status;

it("shows the connections of a session that is over as closed, and at its moments as they were", () => {
  expect(statusOf({ isLive: true, at: null })).toBe("connected");
  expect(statusOf({ isLive: false, at: null })).toBe("closed");
  expect(statusOf({ isLive: false, at: 5 })).toBe("connected");
});
