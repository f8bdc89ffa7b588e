import type { ComponentChildren } from "preact";
import type { Badges } from "../../bridge/stores-view";
import { safeString } from "../model/safe-text";
import { sayCount } from "../text/say";
import { SafeText } from "./SafeText";
import { TEXT } from "./text";

/** What a store's line says of it in small: its streams, what is under way in it, and what went wrong. */
export function StoreBadges({ badges }: { readonly badges: Badges }) {
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
  readonly children?: ComponentChildren;
};

function Badge({ kind, sign, count, words, children }: BadgeProps) {
  return (
    <span class={`badge store-badge badge-${kind}`} data-badge={kind} data-count={count} title={words}>
      <span aria-hidden="true">
        <span class="badge-sign">{sign}</span>
        {children}
        {TEXT.count(count)}
      </span>
      <span class="visually-hidden">{words}</span>
    </span>
  );
}
