import { describe, expect, it } from "vitest";
import { isPhoenixUrl } from "../../src/tap/phoenix-url";

describe("which sockets are followed", () => {
  it.each([
    "ws://localhost:4000/socket/websocket?vsn=2.0.0",
    "ws://localhost:4000/socket/websocket",
    "wss://app.test/live/websocket?_csrf_token=x&vsn=2.0.0",
    "ws://localhost/custom?vsn=1.0.0",
  ])("follows %s", (url) => expect(isPhoenixUrl(url)).toBe(true));

  it.each([
    "ws://localhost:5173/?token=abc",
    "ws://localhost:4000/websockets",
    "ws://localhost:4000/graphql?conversion=2",
    "ws://localhost/phoenix?to=/websocket",
  ])("leaves %s alone", (url) => expect(isPhoenixUrl(url)).toBe(false));
});
