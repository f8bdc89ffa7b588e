import type { Join } from "../../../bridge/life-view";
import { say } from "../../text/say";
import { formatDuration, formatTime } from "../format";
import { Sentence } from "../Notice";
import { SafeText } from "../SafeText";

type JoinListProps = {
  readonly joins: readonly Join[];
  readonly total: number;
  readonly onShow: (seq: number) => void;
};

/** How a channel was joined, newest first: each try with its answer and, where it was refused, why. */
export function JoinList({ joins, total, onShow }: JoinListProps) {
  if (joins.length === 0) return <Sentence text={say("channels_no_joins")} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <div class="scroller" tabIndex={0}>
      <ol class="join-list">
        {joins.map((join) => (
          <li key={join.seq} data-join={join.nth} data-answer={join.answer}>
            <span class="join-line">
              <span class="dim">{formatTime(join.t)} s</span>
              <button type="button" class="link" data-seq={join.seq} onClick={() => onShow(join.seq)}>
                {say("channels_join_nth", join.nth)}
              </button>
              <Answer join={join} onShow={onShow} />
            </span>
            {join.answer === "refused" && <Why join={join} />}
          </li>
        ))}
      </ol>
      {joins.length < total && <p class="list-cut">{say("channels_joins_cut", joins.length, total)}</p>}
    </div>
  );
}

function Answer({
  join: { answer, reply },
  onShow,
}: { readonly join: Join } & Pick<JoinListProps, "onShow">) {
  if (answer === "none" || reply === null) return <span class="dim">{say("channels_join_none")}</span>;
  return (
    <button type="button" class="link" data-seq={reply.seq} onClick={() => onShow(reply.seq)}>
      {say(`channels_join_${answer}`, formatDuration(reply.ms))}
    </button>
  );
}

/** The server's own word, and what it means where that is known. */
function Why({ join: { reason, meaning } }: { readonly join: Join }) {
  if (reason === null) return null;
  return (
    <p class="problem">
      <code>
        <SafeText text={reason} />
      </code>
      {meaning !== null && <> {meaning}</>}
    </p>
  );
}
