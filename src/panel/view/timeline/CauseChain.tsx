import type { EntryView, Linked } from "../../../bridge/timeline-view";
import { say, sayCount } from "../../text/say";
import { formatDuration } from "../format";
import { SafeText } from "../SafeText";
import { KindChip } from "./KindChip";

type CauseKind = "command" | "reply" | "envelope" | "event";

type Step = { readonly kind: CauseKind; readonly link: Linked };

/** Of one kind, so many are listed; the rest is in the list beside. */
const MAX_LISTED = 20;

type CauseChainProps = { readonly view: EntryView; readonly onJump: (seq: number) => void };

/** What is on one chain of cause, in order: command, reply, envelopes, push events. Each but this one leads to its entry. */
export function CauseChain({ view, onJump }: CauseChainProps) {
  const { links } = view;
  const all = stepsOf(view);
  const steps = all.filter(({ kind, link }, index) => {
    const nth = index - all.findIndex((step) => step.kind === kind);
    return nth < MAX_LISTED || link.seq === view.seq;
  });
  // An event alone has neither cause nor effect.
  if (new Set(steps.map(({ link }) => link.seq)).size < 2) return null;
  const start = links.command?.t ?? null;
  return (
    <section class="cause" data-cause-chain aria-label={say("timeline_cause")}>
      <ol>
        {steps.map(({ kind, link }) => (
          <li key={`${kind} ${link.seq} ${link.summary}`} data-cause={kind} data-seq={link.seq}>
            <KindChip kind={kind} />
            <CauseLink link={link} isThis={link.seq === view.seq} onJump={onJump} />
            {kind === "envelope" && links.command !== null && links.confidence !== null && (
              <span class="guess" title={say("timeline_cause_why", links.confidence)}>
                {say("timeline_cause_guess")}
              </span>
            )}
            {start !== null && kind !== "command" && (
              <span class="cause-time">{say("timeline_cause_after", formatDuration(link.t - start))}</span>
            )}
          </li>
        ))}
      </ol>
      {all.length > steps.length && (
        <span class="dim">{sayCount("timeline_cause_more", all.length - steps.length)}</span>
      )}
    </section>
  );
}

type CauseLinkProps = {
  readonly link: Linked;
  readonly isThis: boolean;
  readonly onJump: (seq: number) => void;
};

function CauseLink({ link, isThis, onJump }: CauseLinkProps) {
  if (isThis) {
    return (
      <span class="cause-this" aria-current="true" title={say("timeline_cause_this")}>
        #{link.seq} <SafeText text={link.summary} />
      </span>
    );
  }
  return (
    <button type="button" class="link" data-link={link.seq} onClick={() => onJump(link.seq)}>
      #{link.seq} <SafeText text={link.summary} />
    </button>
  );
}

function stepsOf({ links }: EntryView): readonly Step[] {
  const { command, reply, envelopes, events } = links;
  return [
    ...(command === null ? [] : [{ kind: "command" as const, link: command }]),
    ...(reply === null ? [] : [{ kind: "reply" as const, link: reply }]),
    ...envelopes.map((link) => ({ kind: "envelope" as const, link })),
    ...events.map((link) => ({ kind: "event" as const, link })),
  ];
}
