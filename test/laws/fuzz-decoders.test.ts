import fc from "fast-check";
import { expect, it } from "vitest";
import { createSessionReader, readSession } from "../../src/session/reader";
import { describeSessionFault } from "../../src/session/session-fault";
import { decodeFrame, encodeFrame } from "../../src/wire/codec";
import { decodeBase64, decodeBinaryFrame, encodeBinaryFrame } from "../../src/wire/codec-binary";
import { decodeFrameV1, encodeFrameV1 } from "../../src/wire/codec-v1";
import { describeEnvelopeFault, readEnvelope } from "../../src/wire/envelope";
import { describeFrameFault } from "../../src/wire/frame-fault";
import type { Json } from "../../src/wire/json";
import { describeLensFault, readLensMessage } from "../../src/wire/lens";
import { readPollAnswer, readPollPost } from "../../src/wire/long-poll";
import { describePollFault } from "../../src/wire/poll-fault";
import { canonical } from "../support/canonical";
import { anyBinary, binaryFrames } from "../support/hostile-binary";
import { anyJson, anyName, nearly, odd, wireText } from "../support/hostile-json";
import { assignsMessage, envelopeParts } from "../support/hostile-messages";
import { lawRuns } from "../support/law-runs";

const direction = fc.constantFrom("in" as const, "out" as const);
/** However long what is wrong is, the sentence about it is not. */
const MAX_SENTENCE = 1000;

function expectSentence(sentence: string): void {
  expect(sentence).toMatch(/^[A-Z].*\.$/s);
  expect(sentence.length).toBeLessThan(MAX_SENTENCE);
}

const ref = fc.oneof(anyName, fc.constant(null), odd);
const payload = fc.oneof(
  anyJson,
  nearly({ status: fc.constantFrom<Json[]>("ok", "error", 1), response: anyJson }),
);
const v2 = fc
  .tuple(ref, ref, anyName, fc.constantFrom("phx_reply", "patch", "__proto__"), payload)
  .map((elements): Json => elements);
const v1 = nearly({ topic: anyName, event: anyName, payload, ref, join_ref: ref });
/** The text of a frame, whole or cut, or any text. */
const text = fc.oneof(
  fc
    .tuple(fc.oneof(v2, v1, anyJson), fc.option(fc.nat(), { freq: 4 }))
    .map(([value, cut]) => wireText(value).slice(0, cut === null ? undefined : cut % 100)),
  fc.string({ unit: "binary" }),
);

it("law 6: any text is a frame that encodes to the same, or a fault with a sentence (seed 41)", () => {
  fc.assert(
    fc.property(text, direction, (data, way) => {
      const [second, first] = [decodeFrame(data, way), decodeFrameV1(data, way)];
      if (!second.ok) expectSentence(describeFrameFault(second.failure));
      else expect(canonical(decodeFrame(encodeFrame(second.value, way), way))).toBe(canonical(second));
      if (!first.ok) expectSentence(describeFrameFault(first.failure));
      else if (way === "out") {
        expect(canonical(decodeFrameV1(encodeFrameV1(first.value, way), way))).toBe(canonical(first));
      }
    }),
    { seed: 41, numRuns: lawRuns() },
  );
});

it("law 6: any bytes are a frame that encodes to the same, or a fault with a sentence (seed 42)", () => {
  fc.assert(
    fc.property(fc.oneof(binaryFrames, fc.uint8Array({ maxLength: 60 })), direction, (bytes, way) => {
      const decoded = decodeBinaryFrame(bytes, way);
      if (!decoded.ok) return expectSentence(describeFrameFault(decoded.failure));
      const encoded = encodeBinaryFrame(decoded.value, way);
      if (!encoded.ok) return expectSentence(describeFrameFault(encoded.failure));
      expect(canonical(decodeBinaryFrame(encoded.value, way))).toBe(canonical(decoded));
    }),
    { seed: 42, numRuns: lawRuns() },
  );
});

it("law 6: any base64 gives bytes or null (seed 43)", () => {
  fc.assert(
    fc.property(fc.oneof(anyBinary, fc.string({ unit: "binary" })), (base64) => {
      const bytes = decodeBase64(base64);
      expect(bytes === null || bytes instanceof Uint8Array).toBe(true);
    }),
    { seed: 43, numRuns: lawRuns() },
  );
});

it("law 6: any message is read, or is a fault with a sentence (seed 44)", () => {
  const message = fc.oneof(
    fc
      .tuple(envelopeParts, odd, odd)
      .map(([parts, base_version, version]): Json => ({ type: "patch", base_version, version, ...parts })),
    assignsMessage,
    nearly({ status: odd, token: odd, messages: fc.array(anyJson) }),
    anyJson,
  );
  fc.assert(
    fc.property(message, fc.constantFrom(null, "application/json", "application/x-ndjson"), (value, type) => {
      const body = wireText(value);
      const parsed: Json = JSON.parse(body);
      const [envelope, lens] = [readEnvelope(parsed), readLensMessage(parsed)];
      if (!envelope.ok) expectSentence(describeEnvelopeFault(envelope.failure));
      if (!lens.ok) expectSentence(describeLensFault(lens.failure));
      const polls = [readPollAnswer(body), readPollPost(`${body}\n${body}`, type)];
      for (const read of polls) if (!read.ok) expectSentence(describePollFault(read.failure));
    }),
    { seed: 44, numRuns: lawRuns() },
  );
});

it("law 6: any file is a session, or a fault with a sentence, however it is cut (seed 45)", () => {
  const header = nearly({
    format: fc.constantFrom<Json[]>("musubi-devtools-session", "other"),
    version: fc.constantFrom<Json[]>(1, 1, 2, "#infinite", "1"),
    page: anyJson,
  });
  const line = fc.oneof(anyJson.map(wireText), fc.string({ unit: "binary" }));
  const file = fc
    .tuple(fc.oneof(header.map(wireText), line), fc.array(line, { maxLength: 6 }))
    .map(([first, rest]) => [first, ...rest].join("\n"));
  fc.assert(
    fc.property(file, fc.nat(), (whole, at) => {
      const read = readSession(whole);
      if (!read.ok) expect(describeSessionFault(read.failure).length).toBeLessThan(MAX_SENTENCE);
      const reader = createSessionReader();
      const cut = at % (whole.length + 1);
      const parts = [reader.push(whole.slice(0, cut)), reader.push(whole.slice(cut)), reader.end()];
      expect(parts.every(({ ok }) => ok)).toBe(read.ok);
    }),
    { seed: 45, numRuns: lawRuns() },
  );
});
