import { type ReadonlySignal, signal } from "@preact/signals";
import type { Socket } from "phoenix";
import { createClient, type MusubiClient } from "../../../client/client";
import { type ConnectionStatus, watchConnection } from "../../../client/connection-status";
import { multiplexedWire } from "../../../client/multiplexed-wire";
import { perRootWire } from "../../../client/per-root-wire";
import { createSocket } from "./create-socket";
import { type DemoConfig, readDemoConfig } from "./demo-config";
import { createReplyLog, type LogEntry, type ReplyLog } from "./reply-log";

/** What every page stands on: a connected socket, a client on it, and where to say what became of things. */
export type Demo = {
  readonly socket: Socket;
  readonly client: MusubiClient;
  readonly status: ReadonlySignal<ConnectionStatus>;
  readonly config: DemoConfig;
  readonly log: ReplyLog;
  readonly entries: ReadonlySignal<readonly LogEntry[]>;
};

/** Asks the server how to speak to it, and connects. Rejects with a sentence for a person. */
export async function openDemo(): Promise<Demo> {
  const config = await readDemoConfig();
  const socket = createSocket("/socket", config);
  const { log, entries } = createReplyLog();
  const client = createClient(socket, {
    report: (problem) => log("problem", "problem", problem),
    wire: config.wire === "multiplexed" ? multiplexedWire : perRootWire,
  });
  const status = signal<ConnectionStatus>("connecting");
  watchConnection(socket, (now) => {
    status.value = now;
  });
  socket.connect();
  return { socket, client, status, config, log, entries };
}
