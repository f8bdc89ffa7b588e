import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { defineStore } from "../../../src/server/musubi/define-store";
import { perRootChannel } from "../../../src/server/musubi/per-root";
import type { ChannelSocket } from "../../../src/server/phoenix/channel";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const hanging = defineStore({
  module: "Test.Hanging",
  root: true,
  mount: (_params, socket) => socket,
  render: () => ({}),
  commands: { hang: () => new Promise<never>(() => {}) },
});

const unjoined: ChannelSocket = {
  assigns: {},
  topic: "musubi:connection:Test.Hanging:h1",
  joined: false,
  join_ref: "1",
  ref: null,
  transport: { name: "none", send: () => {}, close: () => {}, cut: () => {} },
  channel: { push: () => {}, reply: () => {}, broadcast: () => {}, send: () => {} },
};

it("a command without an answer crashes its channel after 5 s", async () => {
  const channel = perRootChannel(new Map([["Test.Hanging", hanging]]), () => "ok");
  const joined = await channel.join({ module: "Test.Hanging", id: "h1" }, unjoined);
  if (joined.kind !== "ok") throw new Error("The root was not mounted.");
  const failed = vi.fn();
  const handled = Promise.resolve(channel.handleIn?.("command", { name: "hang" }, joined.socket)).catch(
    failed,
  );
  await vi.advanceTimersByTimeAsync(4_999);
  expect(failed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await handled;
  expect(failed).toHaveBeenCalledWith(expect.objectContaining({ message: expect.stringContaining("hang") }));
});
