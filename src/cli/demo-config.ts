import type { ServingOptions } from "./serving-options";

/** Where the demo pages ask how their server is to be spoken to. */
export const DEMO_CONFIG_PATH = "/demo-config.json";

/** The answer: what a page needs to open its socket. */
export type DemoConfig = {
  readonly wire: ServingOptions["wire"];
  readonly transport: "websocket" | "longpoll";
  readonly vsn: "1.0.0" | "2.0.0";
};

/** What pages speak to a server that is served like this. Where several would do, the usual one. */
export function configureDemo({ wire, transport, vsn }: ServingOptions): DemoConfig {
  return {
    wire,
    transport: transport === "longpoll" ? "longpoll" : "websocket",
    vsn: vsn === "1" ? "1.0.0" : "2.0.0",
  };
}
