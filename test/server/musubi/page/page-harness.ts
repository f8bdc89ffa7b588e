import type { CommandReply } from "../../../../src/server/musubi/command";
import type { PatchEnvelope } from "../../../../src/server/musubi/page/envelope";
import type { LensMessage } from "../../../../src/server/musubi/page/lens-message";
import { Page } from "../../../../src/server/musubi/page/page";
import { StoreRenderer } from "../../../../src/server/musubi/page/render-store";
import { StoreTree } from "../../../../src/server/musubi/page/store-tree";
import type { UploadHub } from "../../../../src/server/musubi/page/upload-hub";
import { createSocket, type MusubiSocket } from "../../../../src/server/musubi/socket";
import type { Store } from "../../../../src/server/musubi/store";
import {
  createTelemetry,
  silentTelemetry,
  type TelemetryEvent,
} from "../../../../src/server/musubi/telemetry";
import type { Assigns } from "../../../../src/server/phoenix/assigns";
import type { EndpointHandle } from "../../../../src/server/phoenix/endpoint-handle";
import { createPubSub } from "../../../../src/server/phoenix/pubsub";
import { systemTimers, type Timers } from "../../../../src/server/timers";
import type { Json, JsonObject } from "../../../../src/wire/json";
import { NaiveClient } from "../naive-client";

export type RunningPage = {
  readonly page: Page;
  readonly envelopes: readonly PatchEnvelope[];
  readonly lens: readonly LensMessage[];
  /** Envelopes and lens messages in the order in which they came: `v1`, `lens []`. */
  readonly outputs: readonly string[];
  /** What the page said that crashed it, outside a client's push. */
  readonly crashes: readonly unknown[];
  readonly events: readonly TelemetryEvent[];
  /** What a client holds that folds the envelopes. */
  readonly client: NaiveClient;
  readonly run: (name: string, payload?: JsonObject, storeId?: readonly Json[]) => Promise<CommandReply>;
  /** Resolves when all that waits for the page now has been done. */
  readonly idle: () => Promise<void>;
};

export type PageSettings = {
  readonly params?: JsonObject;
  readonly socket?: MusubiSocket<Assigns>;
  readonly rootId?: string | null;
  readonly lens?: boolean;
  readonly timers?: Timers;
};

export async function startPage(store: Store, settings: PageSettings = {}): Promise<RunningPage> {
  const { params = {}, socket = connection(), rootId = `${store.module}:r1`, lens = false } = settings;
  const envelopes: PatchEnvelope[] = [];
  const messages: LensMessage[] = [];
  const outputs: string[] = [];
  const crashes: unknown[] = [];
  const events: TelemetryEvent[] = [];
  const client = new NaiveClient();
  const telemetry = createTelemetry();
  telemetry.attach((event) => events.push(event));
  const page = await Page.start({
    store,
    rootId,
    params,
    socket,
    lens,
    telemetry,
    timers: settings.timers ?? systemTimers,
    crashed: (error) => crashes.push(error),
    emit: (output) => {
      if (output.kind === "lens") {
        messages.push(output.message);
        outputs.push(`lens ${JSON.stringify(output.message.store_id)}`);
        return;
      }
      envelopes.push(output.envelope);
      outputs.push(`v${output.envelope.version}`);
      client.fold(output.envelope);
    },
  });
  const run: RunningPage["run"] = (name, payload = {}, storeId = []) =>
    page.command({ storeId, name, payload });
  const idle = async () => {
    // An unknown command takes its turn in the queue and changes nothing.
    for (let turn = 0; turn < 3; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      await run("no such command").catch(() => {});
    }
  };
  return { page, envelopes, lens: messages, outputs, crashes, events, client, run, idle };
}

/** What a join leaves of a connection's socket, on an endpoint of its own unless one is given. */
export function connection(endpoint: EndpointHandle = createEndpointHandle()): MusubiSocket<Assigns> {
  return createSocket("", [], {}, { endpoint });
}

/** An endpoint for pages: publish and subscribe, and a log. */
export function createEndpointHandle(log: string[] = []): EndpointHandle {
  const pubsub = createPubSub();
  return {
    pubsub,
    log: (line) => log.push(line),
    secret: "a secret of the tests, long enough to sign with",
    now: () => 0,
    broadcast: (topic, event, payload) => pubsub.broadcast({ topic, event, payload }),
    subscribe: pubsub.subscribe,
  };
}

/** A tree by itself, of stores without uploads. */
export function createTree(store: Store, socket: MusubiSocket<Assigns>): StoreTree {
  return new StoreTree(store, socket, noUploads, new StoreRenderer(null, systemTimers, silentTelemetry));
}

const unused = () => {
  throw new Error("These stores have no uploads.");
};

const noUploads: UploadHub = {
  registerStore: unused,
  discardStore: unused,
  allow: unused,
  cancel: unused,
  progress: unused,
  error: unused,
  join: unused,
  takeOps: () => [],
  stop: () => {},
};
