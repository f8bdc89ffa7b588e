import type { ComponentChildren } from "preact";
import type { Badges } from "../../bridge/stores-view";
import { safeString } from "../model/safe-text";
import { sayCount, sayNumber } from "../text/say";
import { SafeText } from "./SafeText";

type StoreBadgesProps = {
  readonly badges: Badges;
  /** Lists what went wrong. */
  readonly onProblems: () => void;
};

/** What a line of the tree says in small: streams, what is under way, and what went wrong. */
export function StoreBadges({ badges, onProblems }: StoreBadgesProps) {
  const { streams, loading, failed, uploading, problems } = badges;
  const isQuiet = loading + uploading + streams.length === 0;
  return (
    <>
      {!isQuiet && (
        <span class="badges">
          {loading > 0 && (
            <Badge
              kind="loading"
              sign="…"
              count={loading}
              words={sayCount("stores_badge_loading", loading)}
            />
          )}
          {uploading > 0 && (
            <Badge
              kind="uploading"
              sign="↑"
              count={uploading}
              words={sayCount("stores_badge_uploading", uploading)}
            />
          )}
          {streams.map(({ name, total }) => (
            <Badge
              key={name}
              kind="stream"
              sign="≡"
              count={total}
              words={safeString(sayCount("stores_badge_stream", total, name))}
            >
              <span class="badge-name">
                <SafeText text={name} />
              </span>
            </Badge>
          ))}
        </span>
      )}
      {failed > 0 && (
        <Badge kind="failed" sign="✕" count={failed} words={sayCount("stores_badge_failed", failed)} />
      )}
      {problems > 0 && (
        <Badge
          kind="problems"
          sign="!"
          count={problems}
          words={sayCount("stores_badge_problems", problems)}
          onClick={onProblems}
        />
      )}
    </>
  );
}

type BadgeProps = {
  readonly kind: "stream" | "loading" | "failed" | "uploading" | "problems";
  /** Tells it from the others without its colour. */
  readonly sign: string;
  readonly count: number;
  readonly words: string;
  readonly onClick?: () => void;
  readonly children?: ComponentChildren;
};

function Badge({ kind, sign, count, words, onClick, children }: BadgeProps) {
  return (
    <span
      class={`badge store-badge badge-${kind}`}
      data-badge={kind}
      data-count={count}
      title={words}
      {...(onClick && { onClick })}
    >
      <span aria-hidden="true">
        <span class="badge-sign">{sign}</span>
        {children}
        {sayNumber(count)}
      </span>
      <span class="visually-hidden">{words}</span>
    </span>
  );
}
