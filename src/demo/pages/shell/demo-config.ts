/** How the server that serves these pages is to be spoken to. It says so itself, at `/demo-config.json`. */
export type DemoConfig = {
  readonly wire: "per-root" | "multiplexed";
  readonly transport: "websocket" | "longpoll";
  readonly vsn: "1.0.0" | "2.0.0";
};

/** Asks the server. Rejects with a sentence for a person where it does not answer as the demo's server does. */
export async function readDemoConfig(): Promise<DemoConfig> {
  const response = await fetch("/demo-config.json");
  const answer: unknown = response.ok ? await response.json() : null;
  if (isDemoConfig(answer)) return answer;
  throw new Error(
    "The server of this page does not say how to speak to it (/demo-config.json). Serve the demo with npm start or npm run serve.",
  );
}

function isDemoConfig(value: unknown): value is DemoConfig {
  if (typeof value !== "object" || value === null) return false;
  if (!("wire" in value && "transport" in value && "vsn" in value)) return false;
  const { wire, transport, vsn } = value;
  return (
    (wire === "per-root" || wire === "multiplexed") &&
    (transport === "websocket" || transport === "longpoll") &&
    (vsn === "1.0.0" || vsn === "2.0.0")
  );
}

/** The same in a few words, for the head of a page. */
export function describeConfig({ wire, transport, vsn }: DemoConfig): string {
  return `${transport === "websocket" ? "WebSocket" : "long poll"}, V${vsn[0]}, ${wire}`;
}
