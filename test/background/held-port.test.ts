import { describe, expect, it } from "vitest";
import { holdPort, MAX_HELD_MESSAGES } from "../../src/background/held-port";
import { createPortPair } from "../support/port-pair";

describe("a held port", () => {
  it("hands on what came before its release, and then what comes, in order", () => {
    const { held, other, heard } = hold();
    other.post(1);
    other.post(2);
    expect(heard).toEqual([]);
    held.release();
    other.post(3);
    expect(heard).toEqual([1, 2, 3]);
  });

  it("tells of an end that came before its release, after the messages", () => {
    const { held, other, heard } = hold();
    other.post(1);
    other.close();
    expect(heard).toEqual([]);
    held.release();
    expect(heard).toEqual([1, "closed"]);
  });

  it("tells of an end once", () => {
    const { held, other, heard } = hold();
    held.release();
    other.close();
    held.release();
    expect(heard).toEqual(["closed"]);
  });

  it("posts at once", () => {
    const { held, other } = hold();
    const answers: unknown[] = [];
    other.onMessage((message) => answers.push(message));
    held.port.post("hello");
    expect(answers).toEqual(["hello"]);
  });

  it("closes on a flood", () => {
    const { other } = hold();
    let isClosed = false;
    other.onClose(() => {
      isClosed = true;
    });
    for (let i = 0; i < MAX_HELD_MESSAGES; i++) other.post(i);
    expect(isClosed).toBe(false);
    other.post("one more");
    expect(isClosed).toBe(true);
  });
});

function hold() {
  const [mine, other] = createPortPair();
  const held = holdPort(mine);
  const heard: unknown[] = [];
  held.port.onMessage((message) => heard.push(message));
  held.port.onClose(() => heard.push("closed"));
  return { held, other, heard };
}
