import { afterEach, describe, expect, it } from "vitest";
import { defineSocket, type Wire } from "../../../../src/server/musubi/define-socket";
import { defineStore } from "../../../../src/server/musubi/define-store";
import { cont, halt } from "../../../../src/server/musubi/hook";
import { sendSelf } from "../../../../src/server/musubi/message";
import { pushEvent } from "../../../../src/server/musubi/push-event";
import { assign } from "../../../../src/server/musubi/socket";
import { noreply, type Store } from "../../../../src/server/musubi/store";
import { createTelemetry, type TelemetryEvent } from "../../../../src/server/musubi/telemetry";
import type { Assigns } from "../../../../src/server/phoenix/assigns";
import { connectRaw } from "../../raw-client";
import { startServer, type TestServer } from "../../serving";
import { okReply } from "./channel-replies";

const DENIAL = { ok: false, reason: "unauthorized" };

/** A root whose hook halts `denied` and `denied loudly`, and counts them. */
const guarded: Store = defineStore<Assigns>({
  module: "Shop.Guarded",
  root: true,
  hooks: {
    beforeCommand: {
      auth: (name, _payload, socket) => {
        if (!name.startsWith("denied")) return cont(socket);
        const counted = pushEvent(
          assign(socket, { denials: Number(socket.assigns.denials ?? 0) + 1 }),
          "no",
          1,
        );
        return halt(name === "denied" ? counted : sendSelf(counted, "tell"), DENIAL);
      },
    },
  },
  handleInfo: (_message, socket) => socket,
  render: ({ assigns: { denials = 0, looks = 0 } }) => ({ denials: Number(denials), looks: Number(looks) }),
  commands: {
    denied: (_payload, socket) => noreply(socket),
    "denied loudly": (_payload, socket) => noreply(socket),
    look: (_payload, socket) => noreply(assign(socket, { looks: 1 })),
  },
});

let server: TestServer;
afterEach(() => server.close());

/** A client that has mounted the root, and pushes commands. */
async function mounted(wire: Wire) {
  const telemetry = createTelemetry();
  const events: TelemetryEvent[] = [];
  telemetry.attach((event) => events.push(event));
  server = await startServer(defineSocket({ roots: [guarded], wire, telemetry }));
  const client = await connectRaw(server.url);
  const topic = wire === "multiplexed" ? "musubi:connection" : "musubi:connection:Shop.Guarded:g";
  const root = { module: "Shop.Guarded", id: "g", params: {} };
  client.send(["1", "1", topic, "phx_join", wire === "multiplexed" ? {} : root]);
  if (wire === "multiplexed") client.send(["1", "2", topic, "mount", root]);
  await client.rest();
  const command = async (name: string) => {
    client.send(["1", "9", topic, "command", { root_id: "g", store_id: [], name, payload: {} }]);
    return client.rest();
  };
  const ok = (response = {}) => okReply(topic, "1", "9", response);
  const patch = (version: number, paths: readonly string[], told: number) => [
    "1",
    null,
    topic,
    "patch",
    expect.objectContaining({
      version,
      ops: paths.map((path) => expect.objectContaining({ path })),
      events: Array.from({ length: told }, () => ({ store_id: [], name: "no", payload: 1 })),
    }),
  ];
  return { command, ok, patch, events };
}

describe("a command that a hook halts", () => {
  it.each<Wire>(["per_root", "adapter"])(
    "is followed by a patch of what the hook changed, %s",
    async (wire) => {
      const { command, ok, patch } = await mounted(wire);
      expect(await command("denied")).toEqual([ok(DENIAL), patch(2, ["/denials"], 1)]);
    },
  );

  it("is followed by none where Musubi 0.6.1 is spoken: it goes out with the next cycle", async () => {
    const { command, ok, patch } = await mounted("multiplexed");
    expect(await command("denied")).toEqual([ok(DENIAL)]);
    expect(await command("denied")).toEqual([ok(DENIAL)]);
    expect(await command("no such command")).toHaveLength(1);
    expect(await command("look")).toEqual([ok(), patch(2, ["/denials", "/looks"], 2)]);
  });

  it("has done what else the hook asked for: a message to itself comes, and is such a cycle", async () => {
    const { command, ok, patch } = await mounted("multiplexed");
    expect(await command("denied loudly")).toEqual([ok(DENIAL), patch(2, ["/denials"], 1)]);
  });

  it("is told to telemetry as denied: which command of which store, and with what reply", async () => {
    const { command, events } = await mounted("per_root");
    await command("look");
    await command("denied");
    expect(events.filter(({ name }) => name === "musubi.auth.deny")).toEqual([
      {
        name: "musubi.auth.deny",
        measurements: {},
        metadata: {
          root: "Shop.Guarded:g",
          module: "Shop.Guarded",
          storeId: [],
          command: "denied",
          reply: DENIAL,
        },
      },
    ]);
  });
});
