import { describe, expect, it } from "vitest";
import { isLongPollUrl, isPhoenixUrl } from "../../src/tap/phoenix-url";

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

describe("which requests are followed", () => {
  it.each([
    "http://localhost:4000/socket/longpoll",
    "/socket/longpoll?vsn=2.0.0&token=abc",
    "https://app.test/live/longpoll#fragment",
    "/longpoll",
  ])("follows %s", (url) => expect(isLongPollUrl(url)).toBe(true));

  it.each(["/api/longpolls", "/api?next=/longpoll", "/api#/longpoll", "/longpoll/status", ""])(
    "leaves %s alone",
    (url) => expect(isLongPollUrl(url)).toBe(false),
  );
});
