import type { ConnectionLifeView, ConnectionStatus, Span } from "../../../bridge/life-view";
import { type Part, partsOf } from "../../model/life-chart";
import { say, sayCount } from "../../text/say";
import { formatDuration, formatTime } from "../format";

const STATUSES: readonly ConnectionStatus[] = ["connecting", "connected", "reconnecting", "closed"];

/** From this share of the bar on a part has room for its name. Percent. */
const NAMED_FROM = 12;

type LifeBarProps = { readonly view: ConnectionLifeView; readonly onShow: (seq: number) => void };

/**
 * The statuses of a connection as a bar over time, each with a pattern of its own. A part leads to the event that began
 * it; for the keyboard the list below leads to the attempts and closes between which the statuses change.
 */
export function LifeBar({ view, onShow }: LifeBarProps) {
  const { spans, from_t, to_t } = view;
  const now = spans.at(-1);
  if (now === undefined) return null;
  const told = sayCount("connection_spans", spans.length, say(`connection_status_${now.status}`));
  return (
    <section class="life" aria-label={say("connection_life")}>
      <div class="life-bar" role="img" aria-label={told} data-spans={spans.length}>
        {partsOf(spans, view).map((part) => (
          <LifePart key={part.item.seq} part={part} onShow={onShow} />
        ))}
      </div>
      <div class="life-axis" aria-hidden="true">
        <span>{formatTime(from_t)} s</span>
        <span class="life-legend">
          {STATUSES.map((status) => (
            <span key={status} class="life-key">
              <span class="life-part" data-status={status} /> {say(`connection_status_${status}`)}
            </span>
          ))}
        </span>
        <span>{formatTime(to_t)} s</span>
      </div>
    </section>
  );
}

function LifePart({ part, onShow }: { readonly part: Part<Span> } & Pick<LifeBarProps, "onShow">) {
  const { item, left, width } = part;
  const { status, seq } = item;
  const word = say(`connection_status_${status}`);
  const length = formatDuration(Math.max(0, item.to_t - item.from_t));
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list below leads to the attempts and closes
    // biome-ignore lint/a11y/noStaticElementInteractions: the same
    <div
      class="life-part"
      data-status={status}
      data-seq={seq}
      style={{ insetInlineStart: `${left}%`, width: `${width}%` }}
      title={say("connection_span", word, length, formatTime(item.from_t))}
      onClick={() => onShow(seq)}
    >
      {width >= NAMED_FROM && <span class="life-word">{word}</span>}
    </div>
  );
}
