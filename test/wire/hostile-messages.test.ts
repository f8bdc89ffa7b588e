import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../src/wire/json";
import { describeLensFault, readLensMessage } from "../../src/wire/lens";
import { readLongPollUrl, readPollAnswer, readPollPost } from "../../src/wire/long-poll";
import { describePollFault } from "../../src/wire/poll-fault";
import { classifyDenial, classifyError, readRefusal } from "../../src/wire/refusal";
import { serializerOf } from "../../src/wire/socket-url";
import {
  entryRefOf,
  readAllowUploadReply,
  readAllowUploadRequest,
  readChunkReply,
} from "../../src/wire/upload-channel";
import { lawRuns } from "../support/law-runs";

const KEYS = [
  ["status", "response", "code", "error", "reason", "ok", "progress"],
  ["ref", "entries", "errors", "config", "accept", "name", "store_id", "client_ref", "entry_ref", "type"],
  ["module", "version", "assigns", "cause", "kind", "changed", "removed", "us", "root_id"],
  ["token", "messages", "__proto__", "constructor"],
].flat();
const scalar = fc.oneof(
  fc.constantFrom<Json[]>("ok", "error", "channel", "external", "unauthorized", "mount", "any", "\ud800"),
  fc.constantFrom<Json[]>(null, true, false, 0, 7, -1, 1.5),
  fc.string(),
);

/** Any JSON, with the words of these messages in it, so that a good part of it is nearly right. */
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(fc.constantFrom(...KEYS), tie("value")), { maxLength: 6 }).map(Object.fromEntries),
    fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value))),
  ),
})).value;

describe("messages that make no sense", () => {
  it("give a value or null as payloads, and never throw (seed 13)", () => {
    const replied = fc.oneof(
      json,
      fc.record({ status: fc.constantFrom<Json[]>("ok", "error", "weird", null), response: json }),
    );
    fc.assert(
      fc.property(replied, (payload) => {
        const readers = [classifyDenial, classifyError, readRefusal, readAllowUploadRequest];
        for (const read of [...readers, readAllowUploadReply, readChunkReply]) {
          expect(read(payload)).not.toBeUndefined();
        }
        const lens = readLensMessage(payload);
        if (!lens.ok) expect(describeLensFault(lens.failure)).not.toBe("");
      }),
      { seed: 13, numRuns: lawRuns() },
    );
  });

  it("give an answer or a fault on long poll, and never throw (seed 14)", () => {
    const text = json.map((value) => JSON.stringify(value));
    const type = fc.constantFrom(null, "", "application/json", "application/x-ndjson", "a;b");
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), json, type, (body, value, contentType) => {
        const reads = [readPollAnswer(body), readPollAnswer(value), readPollPost(body, contentType)];
        for (const read of reads) if (!read.ok) expect(describePollFault(read.failure)).not.toBe("");
      }),
      { seed: 14, numRuns: lawRuns() },
    );
  });

  it("give what can be said of a URL, a version and a topic, and never throw (seed 15)", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."?#&=%.:-+0123vsntoke\ud800") }), (text) => {
        readLongPollUrl(text);
        expect(["1.0.0", "2.0.0", null]).toContain(serializerOf(text));
        expect(entryRefOf(`musubi_upload:${text}`)).toBe(text || null);
      }),
      { seed: 15, numRuns: lawRuns() },
    );
  });
});
