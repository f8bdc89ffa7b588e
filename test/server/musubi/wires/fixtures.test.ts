import { afterEach, expect, it } from "vitest";
import { defineSocket } from "../../../../src/server/musubi/define-socket";
import { assign } from "../../../../src/server/musubi/socket";
import { ok } from "../../../../src/server/musubi/socket-answer";
import { PROGRESS_INTERVAL_MS } from "../../../../src/server/musubi/uploads/upload-ops";
import {
  describeShared,
  type Fixture,
  type FixtureFrame,
  fixtureNames,
  readFixture,
} from "../../../support/shared";
import { connectRaw, type RawClient } from "../../raw-client";
import { startServer, type TestServer } from "../../serving";
import { RecordedFrames } from "./recorded-frames";
import { AlphaRootStore } from "./stores-of-fixtures/alpha-root-store";
import { AsyncRootStore } from "./stores-of-fixtures/async-root-store";
import { BetaRootStore } from "./stores-of-fixtures/beta-root-store";
import { MetaRootStore } from "./stores-of-fixtures/meta-root-store";
import { StreamRootStore } from "./stores-of-fixtures/stream-root-store";
import { ToggleRootStore } from "./stores-of-fixtures/toggle-root-store";
import { UploadRootStore } from "./stores-of-fixtures/upload-root-store";

const socket = defineSocket({
  roots: [
    AlphaRootStore,
    AsyncRootStore,
    BetaRootStore,
    MetaRootStore,
    StreamRootStore,
    ToggleRootStore,
    UploadRootStore,
  ],
  handleConnect: (_params, connection) => ok(assign(connection, { current_user: "connect-user" })),
});

let server: TestServer;

afterEach(() => server.close());

describeShared("a store that is equivalent to the recorded one", () => {
  it.each(fixtureNames())("gives the recorded frames: %s", async (name) => {
    server = await startServer(socket);
    const client = await connectRaw(server.url);
    const fixture = readFixture(name);
    const frames = new RecordedFrames();
    await replay(fixture, client, frames);
    expect(await client.rest()).toEqual([]);
    expect(frames.state).toEqual(fixture.expected_state);
    expect(server.log).toEqual([]);
  });
});

/** Sends what the recorded client sent, and expects what it got. */
async function replay({ frames }: Fixture, client: RawClient, recorded: RecordedFrames): Promise<void> {
  const { module, id } = frames[0]?.payload ?? {};
  const topic = `musubi:connection:${String(module)}:${String(id)}`;
  const unanswered: string[] = [];
  for (const [index, { dir, event, payload }] of frames.entries()) {
    if (dir === "out") {
      const ref = String(index + 1);
      unanswered.push(ref);
      await keepPace(frames[index]);
      client.send(["1", ref, topic, event, recorded.toSend(payload)]);
    } else {
      const [frame] = await client.take(1);
      const ref = event === "phx_reply" ? unanswered.shift() : null;
      expect(frame).toEqual(["1", ref, topic, event, expect.anything()]);
      recorded.expectSame(payload, Array.isArray(frame) ? frame[4] : null);
    }
  }
}

/** Progress that comes sooner after the one before is left out (wire.md 9.3); the recorded client let more time pass. */
async function keepPace(frame: FixtureFrame | undefined): Promise<void> {
  if (frame?.event !== "upload_progress") return;
  await new Promise((resolve) => setTimeout(resolve, PROGRESS_INTERVAL_MS + 10));
}
