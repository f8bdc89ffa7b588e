import { describe, expect, it } from "vitest";
import { summarizeEntry } from "../../../src/engine/ask/timeline-summary";
import type { SessionEvent } from "../../../src/session/event";
import { encodeBase64, encodeBinaryFrame } from "../../../src/wire/codec-binary";
import { folded } from "../../support/folding";
import { frames, incoming, out, reply } from "../../support/frames";

const TOPIC = "musubi:connection";
const OWN = "musubi_upload:u_1";
const MOUNTED = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0}`;
const ASKED = out(1, "1", "10", TOPIC, "allow_upload", {
  ...{ root_id: "c1", store_id: ["form"], name: "avatar" },
  entries: [{ client_ref: "0", name: "me.png", size: 9, type: "image/png" }],
});
const ALLOWED = reply(1, "1", "10", TOPIC, "ok", {
  ...{ ref: "avatar", config: {}, errors: [] },
  entries: { "0": { type: "channel", entry_ref: "u_1", token: "secret" } },
});
const JOINED = [out(1, "11", "11", OWN, "phx_join", { token: "secret" }), reply(1, "11", "11", OWN)];

function chunk(ref: string, bytes: number): SessionEvent {
  const frame = { join_ref: "11", ref, topic: OWN, event: "chunk", payload: null };
  const encoded = encodeBinaryFrame({ frame, data: new Uint8Array(bytes) }, "out");
  if (!encoded.ok) throw new Error("The chunk cannot be encoded.");
  return { type: "out", t: 0, socket: 1, base64: encodeBase64(encoded.value) };
}

const uploadOf = (...events: readonly SessionEvent[]) =>
  folded(events).connections[0]?.channels.find(({ topic }) => topic === OWN)?.upload;

const of = { root_id: "c1", store_id: ["form"], name: "avatar" };

describe("an upload's own channel", () => {
  it("counts the bytes of its chunks, binary or text, and the progress of their replies", () => {
    const begun = [...MOUNTED, ASKED, ALLOWED, ...JOINED];
    expect(uploadOf(...begun)).toEqual({ chunks: 0, bytes: 0, progress: 0, of });
    const binary = [chunk("12", 4), reply(1, "11", "12", OWN, "ok", { progress: 44 })];
    expect(uploadOf(...begun, ...binary)).toEqual({ chunks: 1, bytes: 4, progress: 44, of });
    const text = [
      out(1, "11", "13", OWN, "chunk", "aé€"),
      reply(1, "11", "13", OWN, "ok", { progress: 100 }),
    ];
    expect(uploadOf(...begun, ...binary, ...text)).toEqual({ chunks: 2, bytes: 10, progress: 100, of });
  });

  it("keeps its progress where a chunk is refused", () => {
    const refused = reply(1, "11", "12", OWN, "error", { reason: "chunk too large" });
    expect(uploadOf(...MOUNTED, ASKED, ALLOWED, ...JOINED, chunk("12", 4), refused)).toMatchObject({
      progress: 0,
    });
  });

  it("belongs to nobody where its allow_upload was not seen", () => {
    expect(uploadOf(...MOUNTED, ...JOINED)).toEqual({ chunks: 0, bytes: 0, progress: 0, of: null });
  });

  it("finds its owner in a reply that comes after its join too", () => {
    expect(uploadOf(...MOUNTED, ASKED, ...JOINED, ALLOWED)?.of).toEqual(of);
  });

  it("belongs to the root of its channel where that carries one", () => {
    const own = `${TOPIC}:Shop.Cart:c1`;
    const asked = out(1, "1", "10", own, "allow_upload", { store_id: [], name: "avatar", entries: [] });
    const allowed = {
      ...{ ref: "avatar", config: {} },
      entries: { "0": { type: "channel", entry_ref: "u_1", token: "t" } },
    };
    const events = [
      ...frames`> join Shop.Cart:c1 < ok`,
      asked,
      reply(1, "1", "10", own, "ok", allowed),
      ...JOINED,
    ];
    expect(uploadOf(...events)?.of).toEqual({ root_id: "Shop.Cart:c1", store_id: [], name: "avatar" });
  });

  it("is none on any other channel", () => {
    expect(folded(MOUNTED).connections[0]?.channels[0]?.upload).toBeNull();
  });
});

it("uploads are told in the timeline, with neither bytes nor token", () => {
  const progress = out(1, "1", "20", TOPIC, "upload_progress", {
    root_id: "c1",
    name: "avatar",
    ref: "u_2",
    progress: 40,
  });
  const cancel = out(1, "1", "21", TOPIC, "cancel_upload", { root_id: "c1", name: "avatar", ref: "u_2" });
  const events = [
    ...MOUNTED,
    ASKED,
    ALLOWED,
    ...JOINED,
    chunk("12", 4),
    reply(1, "11", "12", OWN, "ok", { progress: 44 }),
  ];
  const ended = incoming(1, "11", "11", OWN, "phx_close", {});
  const { timeline } = folded([...events, progress, cancel, reply(1, "1", "21", TOPIC), ended]);
  const entries = Array.from({ length: timeline.length() }, (_, place) => timeline.at(place));
  expect(
    entries.flatMap((entry) =>
      entry === undefined || entry.seq <= 7 ? [] : [`${entry.kind}: ${summarizeEntry(entry)}`],
    ),
  ).toEqual([
    "upload: allow upload avatar",
    "upload: upload answered: avatar",
    `channel: join ${OWN}`,
    `channel: joined ${OWN}`,
    `upload: chunk of 4 bytes on ${OWN}`,
    `upload: upload answered: ${OWN}, 44 %`,
    "upload: progress upload avatar, 40 %",
    "upload: cancel upload avatar",
    `upload: upload answered: ${TOPIC}`,
    `channel: ${OWN} closed`,
  ]);
  expect(entries.find((entry) => entry?.kind === "upload")).toMatchObject({ store_key: '["form"]' });
});
