import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { MusubiClient, Root } from "../../../client/client";
import type { CommandResult } from "../../../client/command-result";
import type { RootSnapshot } from "../../../client/root-snapshot";
import type { Demo } from "../shell/demo";
import type { ReplyLog } from "../shell/reply-log";
import { describeFailure } from "./failure";

export type RootSpec = Parameters<MusubiClient["mount"]>[0];

/** The payload of a command, as the client takes it. */
export type Payload = Parameters<Root["command"]>[2];

/** Any part of what a root holds. */
export type State = RootSnapshot["state"];

/** A root as a component holds it. */
export type UsedRoot = {
  readonly spec: RootSpec;
  /** The latest snapshot; null until the first one, or "failed" where the server did not mount it. */
  readonly snapshot: ReadonlySignal<RootSnapshot | "failed" | null>;
  readonly root: ReadonlySignal<Root | null>;
  /** Sends a command to a store of the root and logs what came of it. Gives the reply, null where there is none. */
  readonly send: (storeId: readonly string[], name: string, payload?: Payload) => Promise<State>;
  readonly mount: () => void;
  readonly unmount: () => void;
};

/** Mounts a root as long as the component is there, and follows it. The module and the id must stay the same. */
export function useRoot({ client, log }: Demo, spec: RootSpec): UsedRoot {
  const snapshot = useSignal<RootSnapshot | "failed" | null>(null);
  const root = useSignal<Root | null>(null);
  const isWanted = useRef(false);

  const mount = async (): Promise<void> => {
    isWanted.current = true;
    snapshot.value = null;
    const mounted = await client.mount(spec);
    if (!mounted.ok) {
      snapshot.value = "failed";
      return log("error", `mount ${spec.module}`, describeFailure(mounted.failure));
    }
    if (!isWanted.current) return void mounted.value.unmount();
    mounted.value.subscribe((now) => {
      snapshot.value = now;
      // Also where the server has ended it: then it can be mounted again.
      if (now.status === "unmounted") root.value = null;
    });
    snapshot.value = mounted.value.snapshot();
    root.value = mounted.value;
  };

  const unmount = (): void => {
    isWanted.current = false;
    void root.peek()?.unmount();
    root.value = null;
  };

  const send: UsedRoot["send"] = async (storeId, name, payload = {}) => {
    const mounted = root.peek();
    if (mounted !== null) return logReply(log, name, await mounted.command(storeId, name, payload));
    log("error", name, `${spec.module} is not mounted`);
    return null;
  };

  // A root is mounted once for each component, whatever changes later.
  useEffect(() => {
    void mount();
    return unmount;
  }, []);
  return { spec, snapshot, root, send, mount: () => void mount(), unmount };
}

function logReply(log: ReplyLog, name: string, result: CommandResult): State {
  if (result.ok) log(isDenial(result.value) ? "error" : "ok", name, JSON.stringify(result.value));
  else log("error", name, describeFailure(result.failure));
  return result.ok ? result.value : null;
}

/** Musubi's handlers say no with an ordinary reply (wire.md 11). */
function isDenial(response: State): boolean {
  return typeof response === "object" && response !== null && "ok" in response && response.ok === false;
}
