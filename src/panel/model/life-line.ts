import type { AttemptLine, Close, ConnectionLifeView } from "../../bridge/life-view";

/** Something that happened to a connection's transports. */
export type LifeLine = ({ readonly kind: "attempt" } & AttemptLine) | ({ readonly kind: "close" } & Close);

/** Attempts and closes in the order of their events, newest first. */
export function lifeLines({ attempts, closes }: ConnectionLifeView): readonly LifeLine[] {
  const lines: readonly LifeLine[] = [
    ...attempts.map((attempt) => ({ kind: "attempt" as const, ...attempt })),
    ...closes.map((close) => ({ kind: "close" as const, ...close })),
  ];
  return lines.toSorted((a, b) => b.seq - a.seq);
}
