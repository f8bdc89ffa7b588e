import { expect, it } from "vitest";
import { readSession } from "../../src/session/reader";
import { decodeFrame } from "../../src/wire/codec";
import {
  decodeBase64,
  decodeBinaryFrame,
  encodeBase64,
  encodeBinaryFrame,
} from "../../src/wire/codec-binary";
import type { Frame } from "../../src/wire/frame";
import { EVENT } from "../../src/wire/protocol";
import {
  entryRefOf,
  readAllowUploadReply,
  readAllowUploadRequest,
  readChunkReply,
} from "../../src/wire/upload-channel";
import { describeShared, readRecording } from "../support/shared";

function eventsOf(name: string) {
  const session = readSession(readRecording(name));
  if (!session.ok) throw new Error("The recording cannot be read.");
  return session.value.events;
}

function framesOf(name: string): readonly Frame[] {
  return eventsOf(name).flatMap((event) => {
    if ((event.type !== "in" && event.type !== "out") || !("text" in event)) return [];
    const frame = decodeFrame(event.text, event.type);
    return frame.ok ? [frame.value] : [];
  });
}

describeShared("messages of a real server and a real client", () => {
  it.each(["binary", "uploads-binary-shim"])("%s: binary frames are encoded to the same bytes", (name) => {
    let count = 0;
    for (const event of eventsOf(name)) {
      if ((event.type !== "in" && event.type !== "out") || !("base64" in event)) continue;
      const decoded = decodeBinaryFrame(decodeBase64(event.base64) ?? new Uint8Array(), event.type);
      if (!decoded.ok) throw new Error("The frame should decode.");
      const encoded = encodeBinaryFrame(decoded.value, event.type);
      if (!encoded.ok) throw new Error("The frame should be encoded.");
      expect(encodeBase64(encoded.value)).toBe(event.base64);
      count++;
    }
    expect(count).toBeGreaterThan(5);
  });

  it.each(["uploads", "uploads-binary-shim"])("%s: every upload is read whole", (name) => {
    const frames = framesOf(name);
    const asked = frames.filter(({ event }) => event === EVENT.allowUpload);
    const entryRefs = new Set<string>();
    for (const push of asked) {
      const request = readAllowUploadRequest(push.payload);
      const answer = frames.find(({ event, ref }) => event === EVENT.reply && ref === push.ref);
      const reply = readAllowUploadReply(answer?.payload ?? null);
      expect(reply).toMatchObject({ ref: request?.name, malformed: 0 });
      const told = [...(reply?.entries ?? []), ...(reply?.errors ?? [])].map(({ client_ref }) => client_ref);
      expect(told.sort()).toEqual(request?.entries.map(({ client_ref }) => client_ref).sort());
      for (const { entry_ref } of reply?.entries ?? []) entryRefs.add(entry_ref);
    }
    expect(asked.length).toBeGreaterThan(2);
    const joins = frames.filter(({ event, topic }) => event === EVENT.join && entryRefOf(topic) !== null);
    expect(joins.map(({ topic }) => entryRefs.has(entryRefOf(topic) ?? ""))).toEqual(joins.map(() => true));
  });

  it("uploads-binary-shim: chunks are answered with the progress up to 100", () => {
    const replies = framesOf("uploads-binary-shim")
      .filter(({ event, topic }) => event === EVENT.reply && entryRefOf(topic) !== null)
      .flatMap(({ payload }) => readChunkReply(payload) ?? []);
    const progress = replies.flatMap((reply) => (reply.kind === "progress" ? [reply.progress] : []));
    expect(progress.slice(0, 7)).toEqual([16, 32, 48, 64, 80, 96, 100]);
  });
});
