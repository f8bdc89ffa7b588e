import type { Channel } from "phoenix";
import type { Demo } from "./demo";
import { onClick } from "./element";
import type { RootCard } from "./root-card";

/** Far enough ahead that an envelope in flight cannot close the gap. */
const GAP = 10;

/**
 * The buttons that break something on purpose. What a server would never send comes through the server's
 * `faults:*` channel, which sends this client whatever it asks for.
 */
export function bindFaults(parent: ParentNode, { socket, config }: Demo, counter: RootCard): void {
  let channel: Channel | null = null;

  function inject(event: string, payload: object): void {
    if (channel === null) {
      channel = socket.channel("faults:page");
      channel.join();
    }
    channel.push(event, payload);
  }

  const receive = (text: string) => inject("send_raw", { text });
  const receivePatch = (payload: object) => {
    const ofRoot = config.wire === "multiplexed" ? "" : `:${counter.root()?.root_id ?? ""}`;
    receive(writeFrame(config.vsn, `musubi:connection${ofRoot}`, payload));
  };

  const faults: Readonly<Record<string, () => void>> = {
    unknown_store: () => void counter.send(["nowhere"], "increment", { amount: 1 }),
    crash: () => void counter.send([], "increment", { amount: "many" }),
    bad_frame: () => receive("this is no frame"),
    bad_envelope: () => receivePatch({ type: "patch", base_version: "one" }),
    wrong_path: () => receivePatch(forgeEnvelope(counter, 0, "/no/such/place")),
    version_gap: () => receivePatch(forgeEnvelope(counter, GAP, "/count")),
    cut: () => inject("cut", {}),
  };
  for (const [name, breakIt] of Object.entries(faults)) onClick(parent, `[data-fault="${name}"]`, breakIt);
}

/** The frame of a patch, as the server would write it (wire.md 1.2). */
function writeFrame(vsn: Demo["config"]["vsn"], topic: string, payload: object): string {
  const event = "patch";
  return JSON.stringify(
    vsn === "1.0.0" ? { topic, event, payload, ref: null } : [null, null, topic, event, payload],
  );
}

/** An envelope for the counter that begins `ahead` of the version that the page holds. */
function forgeEnvelope(counter: RootCard, ahead: number, path: string): object {
  const root = counter.root();
  const base_version = (root?.snapshot().version ?? 0) + ahead;
  return {
    type: "patch",
    root_id: root?.root_id ?? "",
    base_version,
    version: base_version + 1,
    ops: [{ op: "replace", path, value: -1 }],
    stream_ops: [],
    upload_ops: [],
    events: [],
  };
}
