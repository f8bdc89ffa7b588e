import fc from "fast-check";

const anyBytes = fc.uint8Array({ maxLength: 30 });
/** Bytes of binary frames: the lengths right or off by one, the strings UTF-8 or not, the end cut or not. */
export const binaryFrames: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc.constantFrom(0, 1, 2, 3, 255),
    fc.array(fc.oneof(fc.constantFrom("1", "room", "chunk", "", "phx_reply", "ü"), fc.string()), {
      maxLength: 5,
    }),
    fc.constantFrom(0, 0, 0, 1, -1, 200),
    anyBytes,
    fc.constantFrom(0, 0, 1, 3),
  )
  .map(([kind, strings, slip, data, cut]) => {
    const parts = strings.map((string) => Buffer.from(string));
    const lengths = parts.map(({ length }, at) => (at === 0 ? length + slip : length) & 255);
    const bytes = Buffer.concat([Buffer.from([kind, ...lengths]), ...parts, data]);
    return Uint8Array.from(bytes.subarray(0, Math.max(0, bytes.length - cut)));
  });
/** The base64 of one, or no base64. */
export const anyBinary: fc.Arbitrary<string> = fc.oneof(
  fc.oneof(binaryFrames, anyBytes).map((bytes) => Buffer.from(bytes).toString("base64")),
  fc.constantFrom("=", "A", "AAA=A", "____", " AA A=", "\ud800"),
);
