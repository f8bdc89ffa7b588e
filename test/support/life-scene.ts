import { createRecording } from "../../src/host/recording";
import { presentFaces, type Scene } from "../../src/host/scene";
import type { SessionEvent } from "../../src/session/event";

/** A session as a panel looks at it: at event `at`, or, for null, at the present. */
export type LifeScene = {
  readonly append: (...events: readonly SessionEvent[]) => void;
  readonly scene: (at?: number | null) => Scene;
};

/** @param maxMemoryChars how many characters its events may take in memory, about */
export function createLifeScene(events: readonly SessionEvent[], maxMemoryChars = 1e9): LifeScene {
  const recording = createRecording({ isStored: false, maxBytes: () => 0, maxMemoryChars }, null);
  for (const event of events) recording.append(event);
  const { engine } = recording.journal;
  return {
    append(...more) {
      for (const event of more) recording.append(event);
    },
    scene: (at = null) => ({
      ...{ recording, at, isLive: true, title: null, past: null },
      capture: { page: true, tap: "active", why: null, otherSockets: false, storage: null },
      faces() {
        const faces = at === null ? presentFaces(engine) : engine.facesAt(at);
        if (faces === "truncated") throw new Error(`Event ${at} is not kept.`);
        return faces;
      },
      contentOf: (root) => root.content(),
      recall: () => null,
      now: () => 0,
      until: Number.POSITIVE_INFINITY,
      again: () => undefined,
    }),
  };
}
