import { afterEach, expect, it } from "vitest";
import { defineSocket } from "../../../../src/server/musubi/define-socket";
import { naivePatch } from "../../../support/naive-patch";
import { describeShared, readRecording } from "../../../support/shared";
import { connectRaw, type RawClient } from "../../raw-client";
import { startServer, type TestServer } from "../../serving";
import { UploadStore } from "./recorded-upload-stores";

// What a test reads here are recorded frames, which it goes on to compare field by field.
// biome-ignore lint/suspicious/noExplicitAny: frames as JSON.parse gives them
type Frame = any;

type RecordedEvent = { readonly type: string; readonly text?: string; readonly base64?: string };

const MAIN = "musubi:connection";

/** Until when a recording is replayed: what comes then is a race of its client, or the fault of 0.6.1's channels (wire.md 9.4). */
const ENDS = [
  ["uploads", /"phx_join".*musubi_upload|musubi_upload.*"phx_join"/],
  ["uploads-binary-shim", /allow_upload.*"size":400000/],
] as const;

let server: TestServer;

afterEach(() => server.close());

describeShared("uploads as a real server was seen to handle them", () => {
  it.each(ENDS)("%s", async (name, end) => {
    server = await startServer(defineSocket({ roots: [UploadStore], wire: "multiplexed" }));
    const replay = new Replay(await connectRaw(server.url));
    const events = readRecording(name)
      .trim()
      .split("\n")
      .map((line): RecordedEvent => JSON.parse(line));
    const until = events.findIndex(({ type, text = "" }) => type === "out" && end.test(text));
    expect(until).toBeGreaterThan(20);
    for (const event of events.slice(0, until)) await replay.take(event);
    await replay.finish();
    expect(server.log).toEqual([]);
  });
});

/** Sends what the recorded client sent, and compares what comes, channel by channel. */
class Replay {
  readonly #client: RawClient;
  /** Refs and tokens of this server by the recorded ones. */
  readonly #names = new Map<string, string>();
  /** Frames that came and were not compared yet. */
  #pending: Frame[] = [];
  readonly #recordedPatches: Frame[] = [];
  readonly #patches: Frame[] = [];

  constructor(client: RawClient) {
    this.#client = client;
  }

  async take({ type, text, base64 }: RecordedEvent): Promise<void> {
    if (type === "out" && text !== undefined) this.#client.send(this.#translate(text));
    else if (type === "out" && base64 !== undefined) {
      const frame = Buffer.from(base64, "base64").toString("latin1");
      this.#client.sendBytes(Buffer.from(this.#translate(frame), "latin1"));
    } else if (type === "in" && text !== undefined) await this.#compare(JSON.parse(text));
  }

  async finish(): Promise<void> {
    for (const frame of await this.#client.rest()) this.#keep(frame);
    expect(this.#pending).toEqual([]);
    // Which progress is dropped is a matter of milliseconds.
    const ops = (patches: Frame[]) =>
      patches.flatMap(({ upload_ops }) => upload_ops).filter(({ op }: Frame) => op !== "progress");
    const recorded = JSON.parse(this.#translate(JSON.stringify(ops(this.#recordedPatches))));
    expect(recorded.length).toBeGreaterThan(5);
    expect(ops(this.#patches)).toEqual(recorded);
    const document = documentOf(this.#recordedPatches);
    expect(document).toMatchObject({ done: expect.arrayContaining([expect.any(String)]) });
    expect(documentOf(this.#patches)).toEqual(document);
  }

  async #compare(recorded: Frame): Promise<void> {
    const [, , topic, event, payload] = recorded;
    if (event === "patch") {
      this.#recordedPatches.push(payload);
      return;
    }
    const frame = await this.#nextOn(topic);
    this.#learn(payload.response?.entries ?? {}, frame[4].response?.entries ?? {});
    expect(frame).toEqual(JSON.parse(this.#translate(JSON.stringify(recorded))));
  }

  /** The next frame on a recorded topic that is no patch. Patches are kept. */
  async #nextOn(recordedTopic: string): Promise<Frame> {
    const topic = this.#translate(recordedTopic);
    const isWanted = (frame: Frame) => frame[2] === topic && frame[3] !== "patch";
    for (;;) {
      const found = this.#pending.findIndex(isWanted);
      if (found !== -1) return this.#pending.splice(found, 1)[0];
      this.#keep(JSON.parse(await this.#client.next()));
    }
  }

  #keep(frame: Frame): void {
    if (frame[2] === MAIN && frame[3] === "patch") this.#patches.push(frame[4]);
    else this.#pending.push(frame);
  }

  #learn(recorded: Frame, actual: Frame): void {
    for (const [clientRef, entry] of Object.entries<Frame>(recorded)) {
      this.#names.set(entry.entry_ref, actual[clientRef]?.entry_ref);
      if (entry.token !== undefined) this.#names.set(entry.token, actual[clientRef]?.token);
    }
  }

  // Refs are equally long on both sides, so that even binary frames keep their lengths.
  #translate(text: string): string {
    return [...this.#names].reduce((translated, [from, to]) => translated.replaceAll(from, to), text);
  }
}

function documentOf(patches: readonly Frame[]): unknown {
  return patches.reduce((document, { ops }) => {
    const patched = naivePatch(document, ops);
    if (patched === undefined) throw new Error(`The ops ${JSON.stringify(ops)} cannot be applied.`);
    return patched.result;
  }, null);
}
