import { Socket } from "phoenix";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createClient, type MusubiClient } from "../../src/client/client";
import { joinWhenFree, leaveChannel } from "../../src/client/departure";
import { defineSocket } from "../../src/server/musubi/define-socket";
import { defineStore } from "../../src/server/musubi/define-store";
import type { NoAssigns } from "../../src/server/phoenix/assigns";
import { type Channel, joined } from "../../src/server/phoenix/channel";
import { route } from "../../src/server/phoenix/route";
import { startServer } from "../server/serving";
import { BOTH_WIRES } from "./both-wires";
import { mountRoot } from "./connect";

const VERSIONS = ["1.0.0", "2.0.0"] as const;
type Version = (typeof VERSIONS)[number];

const undo: (() => unknown)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const rice = defineStore({ module: "Test.Rice", root: true, render: () => ({ name: "rice" }) });

/** Lets in whoever says a number. */
const plain: Channel<NoAssigns> = {
  join: (payload, socket) =>
    typeof fieldOf(payload) === "number"
      ? joined({ ...socket, assigns: {} }, payload)
      : { kind: "refused", response: { reason: "no" } },
};

function fieldOf(payload: unknown): unknown {
  return typeof payload === "object" && payload !== null && "n" in payload ? payload.n : undefined;
}

/** A client that speaks that version, as phoenix.js lets an application have it. */
async function connect(vsn: Version, wire: "per_root" | "multiplexed" = "per_root"): Promise<Socket> {
  const server = await startServer(defineSocket({ roots: [rice], wire, routes: [route("plain:*", plain)] }));
  undo.push(() => server.close());
  const format = {
    encode: (message: object, callback: (text: string) => void) => callback(JSON.stringify(message)),
    decode: (text: string, callback: (message: unknown) => void) => callback(JSON.parse(text)),
  };
  const socket = new Socket(server.url, { transport: WebSocket, vsn, ...(vsn === "1.0.0" ? format : {}) });
  undo.push(() => socket.disconnect());
  socket.connect();
  return socket;
}

describe.each(VERSIONS)("over version %s", (vsn) => {
  describe.each(BOTH_WIRES)("on the $name wire", ({ name, wire }) => {
    async function connectClient(): Promise<{ readonly client: MusubiClient; readonly problems: string[] }> {
      const problems: string[] = [];
      const socket = await connect(vsn, name);
      return { client: createClient(socket, { wire, report: (text) => problems.push(text) }), problems };
    }

    it("a root is mounted again while the server still closes what was left", async () => {
      const { client, problems } = await connectClient();
      for (let times = 1; times <= 3; times += 1) {
        const root = await mountRoot(client, "Test.Rice");
        expect(root.snapshot()).toMatchObject({ status: "mounted", version: 1, state: { name: "rice" } });
        // In the next task it is really left, and before the server has heard of it mounted again.
        void root.unmount();
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
      expect(problems).toEqual([]);
    });

    it("a root is unmounted, mounted and unmounted again without waiting", async () => {
      const { client } = await connectClient();
      const first = await mountRoot(client, "Test.Rice");
      const left = first.unmount();
      await new Promise((resolve) => setTimeout(resolve, 0));
      const again = client.mount({ module: "Test.Rice", id: "c1", params: {} });
      await left;
      const mounted = await again;
      if (!mounted.ok) throw new Error(JSON.stringify(mounted.failure));
      await mounted.value.unmount();
      expect(mounted.value.snapshot().status).toBe("unmounted");
    });
  });

  it("a channel is over when the server has closed it", async () => {
    const socket = await connect(vsn);
    const channel = socket.channel("plain:a", { n: 1 });
    await new Promise((resolve) => channel.join().receive("ok", resolve));
    const heard: string[] = [];
    socket.onMessage((message) => {
      if ("event" in message) heard.push(String(message.event));
    });
    await leaveChannel(socket, channel);
    expect(heard).toEqual(["phx_reply", "phx_close"]);
  });

  it("what is refused, or not connected, is over at once", async () => {
    const socket = await connect(vsn);
    const channel = socket.channel("plain:a", {});
    channel.join();
    await leaveChannel(socket, channel);
    const refused = socket.channel("plain:b", {});
    await new Promise((resolve) => refused.join().receive("error", resolve));
    await leaveChannel(socket, refused);
    socket.disconnect();
    await leaveChannel(socket, socket.channel("plain:c"));
  });

  it("who waits for a topic takes turns, and may give up", async () => {
    const socket = await connect(vsn);
    const first = socket.channel("plain:a", { n: 1 });
    await new Promise((resolve) => first.join().receive("ok", resolve));
    void leaveChannel(socket, first);
    let joins = 0;
    const giveUp = joinWhenFree(socket, "plain:a", () => {
      joins += 1;
    });
    giveUp();
    const second = await new Promise<unknown>((resolve) => {
      joinWhenFree(socket, "plain:a", () => {
        socket.channel("plain:a", { n: 2 }).join().receive("ok", resolve);
      });
    });
    expect(second).toEqual({ n: 2 });
    // V2 has nothing to wait for.
    expect(joins).toBe(vsn === "1.0.0" ? 0 : 1);
  });
});
