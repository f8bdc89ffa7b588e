import { createServer } from "node:http";
import { afterEach, expect, it } from "vitest";
import { WebSocket } from "ws";
import { child } from "../../../src/server/musubi/child";
import { defineSocket, type Wire } from "../../../src/server/musubi/define-socket";
import { defineStore } from "../../../src/server/musubi/define-store";
import { assign, type MusubiSocket } from "../../../src/server/musubi/socket";
import { ok } from "../../../src/server/musubi/socket-answer";
import { connectInfo, rootParams, session } from "../../../src/server/musubi/socket-context";
import { createEndpoint } from "../../../src/server/phoenix/endpoint";
import { signSession } from "../../../src/server/phoenix/http/session-cookie";
import { portOf } from "../../support/servers";

const SECRET = "the secret of a test, which is long enough";

/** What a store can read of the world around its root, as text. */
function describeScopes(socket: MusubiSocket<{ readonly [key: string]: unknown }>): string {
  const { userAgent = null } = connectInfo(socket);
  return JSON.stringify({
    assigns: socket.assigns,
    session: session(socket),
    userAgent,
    rootParams: rootParams(socket),
  });
}

const leaf = defineStore({
  module: "Test.Leaf",
  render: (socket: MusubiSocket<{ readonly own: number }>) => ({ seen: describeScopes(socket) }),
});

const root = defineStore({
  module: "Test.Root",
  root: true,
  mount: (params, socket) => assign(socket, { mounted: JSON.stringify(params) }),
  render: (socket) => ({ seen: describeScopes(socket), leaf: child(leaf, { id: "leaf", own: 1 }) }),
});

const close: (() => void)[] = [];

afterEach(() => {
  for (const undo of close.splice(0)) undo();
});

/** Connects with a session, joins, mounts, and gives what root and child have seen. */
async function mountOn(wire: Wire, cookie: string | null): Promise<readonly unknown[]> {
  const socket = defineSocket({
    roots: [root],
    wire,
    handleConnect: (params, connection) => ok(assign(connection, { connected: params.user })),
    handleJoin: (params, connection) =>
      ok(assign(connection, { joined: params.locale ?? null, wasConnected: connection.assigns.connected })),
  });
  const endpoint = createEndpoint({
    sockets: [{ path: "/socket", socket, session: { cookie: "_app" } }],
    log: () => {},
    secret: SECRET,
  });
  const server = createServer();
  endpoint.attach(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const headers = { "user-agent": "test/1", ...(cookie === null ? {} : { cookie: `_app=${cookie}` }) };
  const client = new WebSocket(`ws://127.0.0.1:${portOf(server)}/socket/websocket?vsn=2.0.0&user=ann`, {
    headers,
  });
  close.push(
    () => client.terminate(),
    () => void server.close(),
  );
  const patch = new Promise<string>((resolve) =>
    client.on("message", (data) => {
      const text = data.toString();
      if (text.includes('"patch"')) resolve(text);
    }),
  );
  await new Promise((resolve, reject) => client.once("open", resolve).once("error", reject));
  // Nobody can disconnect it by an id (wire.md 1.4).
  expect(endpoint.connections().map(({ socketId }) => socketId)).toEqual([null]);
  const wanted = { module: "Test.Root", id: "r1", params: { page: 2 } };
  const frames =
    wire === "multiplexed"
      ? [
          ["1", "1", "musubi:connection", "phx_join", { locale: "de" }],
          ["1", "2", "musubi:connection", "mount", wanted],
        ]
      : [["1", "1", "musubi:connection:Test.Root:r1", "phx_join", { ...wanted, locale: "de" }]];
  for (const frame of frames) client.send(JSON.stringify(frame));
  const [, , , , { ops }] = JSON.parse(await patch);
  const { seen, leaf: inner } = ops[0].value;
  return [JSON.parse(seen), JSON.parse(inner.seen)];
}

const SESSION = { user_id: "u1" };

it.each<[Wire, object]>([
  ["per_root", { page: 2 }],
  ["multiplexed", { page: 2 }],
  ["adapter", { page: 2, __musubi_root_id__: "r1" }],
])("each scope of wire.md 14 is where it belongs: %s", async (wire, params) => {
  const cookie = signSession(SECRET, "_app", SESSION, Date.now());
  expect(await mountOn(wire, cookie)).toEqual([
    {
      assigns: { connected: "ann", joined: "de", wasConnected: "ann", mounted: JSON.stringify(params) },
      session: SESSION,
      userAgent: "test/1",
      rootParams: params,
    },
    { assigns: { own: 1 }, session: SESSION, userAgent: "test/1", rootParams: {} },
  ]);
});

it.each([null, "not signed"])(
  "a connection without a session has an empty one: cookie %j",
  async (cookie) => {
    expect(await mountOn("per_root", cookie)).toMatchObject([{ session: {} }, { session: {} }]);
  },
);
