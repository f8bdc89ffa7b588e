import { Socket } from "phoenix";
import { WebSocket } from "ws";
import { createClient, type MusubiClient, type Root } from "../../src/client/client";
import { perRootWire } from "../../src/client/per-root-wire";
import type { RootSnapshot } from "../../src/client/root-snapshot";
import type { Wire } from "../../src/client/wire";

export type TestClient = {
  readonly socket: Socket;
  readonly client: MusubiClient;
  /** What the client reported. */
  readonly problems: readonly string[];
  /** Ends the transport as a broken network would; phoenix.js connects again. */
  readonly dropTransport: () => void;
};

/** The official phoenix client on `url`, impatient where it would wait for seconds, and our client on it. */
export function connect(url: string, wire: Wire = perRootWire): TestClient {
  const transports: WebSocket[] = [];
  class Transport extends WebSocket {
    constructor(address: string) {
      super(address);
      transports.push(this);
    }
  }
  const socket = new Socket(url, {
    transport: Transport,
    timeout: 1_000,
    reconnectAfterMs: () => 10,
    rejoinAfterMs: () => 10,
  });
  const problems: string[] = [];
  const client = createClient(socket, { wire, report: (problem) => problems.push(problem) });
  socket.connect();
  return { socket, client, problems, dropTransport: () => transports.at(-1)?.terminate() };
}

/** Mounts, or fails the test. */
export async function mountRoot(client: MusubiClient, module: string, params = {}, id = "c1"): Promise<Root> {
  const mounted = await client.mount({ module, id, params });
  if (mounted.ok) return mounted.value;
  throw new Error(`${module} was not mounted: ${JSON.stringify(mounted.failure)}`);
}

/** The first snapshot, the present one included, that `isIt`. */
export function snapshotWhen(root: Root, isIt: (snapshot: RootSnapshot) => boolean): Promise<RootSnapshot> {
  const present = root.snapshot();
  if (isIt(present)) return Promise.resolve(present);
  return new Promise((resolve) => {
    const undo = root.subscribe((snapshot) => {
      if (!isIt(snapshot)) return;
      undo();
      resolve(snapshot);
    });
  });
}
