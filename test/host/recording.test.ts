import { describe, expect, it } from "vitest";
import { createRecording } from "../../src/host/recording";
import { createPageEvents } from "../support/page-events";

describe("a recording of several documents", () => {
  it("has no time before its start, whichever document is heard first", () => {
    const recording = createRecording();
    const later = recording
      .sourceOf("iframe", "http://localhost/frame")
      .take(1, [createPageEvents(2_000).open()]);
    const earlier = recording.sourceOf("top", null).take(1, [createPageEvents(1_000).open()]);

    expect([...later, ...earlier].map(({ t }) => t)).toEqual([0, 0]);
  });
});
