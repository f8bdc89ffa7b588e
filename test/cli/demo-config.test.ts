import { describe, expect, it } from "vitest";
import { configureDemo } from "../../src/cli/demo-config";
import { DEFAULT_SERVING } from "../../src/cli/serving-options";

describe("what the demo pages are told to speak", () => {
  it("is V2 over WebSockets where the server takes anything", () => {
    expect(configureDemo(DEFAULT_SERVING)).toEqual({
      wire: "per-root",
      transport: "websocket",
      vsn: "2.0.0",
    });
  });

  it("is the only thing that the server takes, where there is one", () => {
    expect(configureDemo({ wire: "multiplexed", transport: "longpoll", vsn: "1", lens: true })).toEqual({
      wire: "multiplexed",
      transport: "longpoll",
      vsn: "1.0.0",
    });
  });
});
