import type { Channel } from "phoenix";
import { useMemo } from "preact/hooks";
import type { UsedRoot } from "../roots/use-root";
import type { Demo } from "../shell/demo";
import { forgeEnvelope, writePatch } from "./forged-frame";

type FaultsCardProps = { readonly demo: Demo; readonly counter: UsedRoot };

/** Far enough ahead that an envelope in flight cannot close the gap. */
const GAP = 10;

/** The buttons that break something on purpose. */
export function FaultsCard({ demo, counter }: FaultsCardProps) {
  const faults = useMemo(() => createFaults(demo, counter), [demo, counter.root]);
  return (
    <section class="card" aria-labelledby="faults-title">
      <h2 id="faults-title">Break something</h2>
      <p class="quiet">
        What no healthy server sends, and what no healthy page asks for: see what the panel makes of it.
      </p>
      <div class="buttons">
        {faults.map(({ name, label, breakIt }) => (
          <button key={name} type="button" data-fault={name} onClick={breakIt}>
            {label}
          </button>
        ))}
      </div>
    </section>
  );
}

type Fault = { readonly name: string; readonly label: string; readonly breakIt: () => void };

/**
 * What a server would never send comes through the server's `faults:*` channel, which sends this client whatever it
 * asks for.
 */
function createFaults({ socket, config }: Demo, { root, send }: UsedRoot): readonly Fault[] {
  let channel: Channel | null = null;

  function inject(event: string, payload: object): void {
    if (channel === null) {
      channel = socket.channel("faults:page");
      channel.join();
    }
    channel.push(event, payload);
  }

  const receive = (text: string) => inject("send_raw", { text });
  const receivePatch = (envelope: object) =>
    receive(writePatch(config, root.peek()?.root_id ?? "", envelope));
  const receiveForged = (ahead: number, path: string) =>
    receivePatch(forgeEnvelope(root.peek(), ahead, path));
  return [
    {
      name: "unknown_store",
      label: "Command to an unknown store",
      breakIt: () => void send(["nowhere"], "increment", { amount: 1 }),
    },
    {
      name: "crash",
      label: "Crash the counter",
      breakIt: () => void send([], "increment", { amount: "many" }),
    },
    { name: "bad_frame", label: "Receive a bad frame", breakIt: () => receive("this is no frame") },
    {
      name: "bad_envelope",
      label: "Receive a bad envelope",
      breakIt: () =>
        receivePatch({ type: "patch", root_id: root.peek()?.root_id ?? "", base_version: "one" }),
    },
    { name: "wrong_path", label: "Receive a wrong path", breakIt: () => receiveForged(0, "/no/such/place") },
    { name: "version_gap", label: "Miss an envelope", breakIt: () => receiveForged(GAP, "/count") },
    { name: "cut", label: "Cut the connection", breakIt: () => inject("cut", {}) },
  ];
}
