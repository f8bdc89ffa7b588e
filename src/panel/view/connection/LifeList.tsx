import { useSignal } from "@preact/signals";
import type { AttemptLine, Close, ConnectionLifeView } from "../../../bridge/life-view";
import { isFinal, meaningOf } from "../../model/close-code";
import { type LifeLine, lifeLines } from "../../model/life-line";
import { say } from "../../text/say";
import { formatDuration, formatTime } from "../format";
import { ListBox } from "../ListBox";
import { Sentence } from "../Notice";
import { SafeText } from "../SafeText";

/** Up to so many, what codes mean is shown whole; in a longer list it has one line. */
const MAX_WHOLE = 200;
/** As in the style sheet. CSS pixels. */
const ROW_HEIGHT = 44;

type LifeListProps = { readonly view: ConnectionLifeView; readonly onShow: (seq: number) => void };

/** Attempts to connect, and closes with what their codes mean, newest first; each leads to its event. */
export function LifeList({ view, onShow }: LifeListProps) {
  const active = useSignal<number | null>(null);
  const lines = lifeLines(view);
  // A line that comes does not take the choice away from the one that has it.
  const found = lines.findIndex(({ seq }) => seq === active.value);
  const row = found === -1 ? null : found;
  const isCut = view.closes.length < view.closes_total || view.attempts.length < view.attempts_total;

  const total = lines.length;
  return (
    <section class="life-log" aria-label={say("connection_log")}>
      <h3>{say("connection_log")}</h3>
      {total === 0 ? (
        <Sentence text={say("connection_log_none")} />
      ) : (
        <ListBox
          class="life-list"
          label={say("connection_log")}
          total={total}
          isFlow={total <= MAX_WHOLE}
          rowHeight={ROW_HEIGHT}
          lineAt={(at) => lines[at]}
          row={row}
          onMove={(at) => {
            active.value = lines[at]?.seq ?? null;
          }}
          onPick={({ seq }) => onShow(seq)}
          optionClass="life-row"
          optionData={(line) => ({
            ...{ "data-life": line.kind, "data-seq": line.seq },
            "data-code": line.kind === "close" ? line.code : undefined,
          })}
          render={(line) => <Line line={line} />}
        />
      )}
      {isCut && <p class="list-cut">{say("connection_log_cut")}</p>}
    </section>
  );
}

function Line({ line }: { readonly line: LifeLine }) {
  switch (line.kind) {
    case "attempt":
      return <AttemptText attempt={line} />;
    case "close":
      return <CloseText close={line} />;
  }
}

function AttemptText({ attempt: { t, nth, delay_ms, open_ms } }: { readonly attempt: AttemptLine }) {
  const isFirst = nth === 1 && delay_ms === null;
  return (
    <>
      <span class="life-what">
        <span class="dim life-time">{formatTime(t)} s</span>
        <span class="life-sign" aria-hidden="true">
          {open_ms === null ? "○" : "●"}
        </span>
        {isFirst ? say("connection_attempt_first") : say("connection_attempt", nth)}
      </span>
      <span class="life-why">
        {[
          delay_ms === null ? [] : say("connection_attempt_delay", formatDuration(delay_ms)),
          open_ms === null
            ? say("connection_attempt_failed")
            : say("connection_attempt_open", formatDuration(open_ms)),
        ]
          .flat()
          .join(", ")}
      </span>
    </>
  );
}

function CloseText({ close: { t, code, reason, clean } }: { readonly close: Close }) {
  const meaning = say(`connection_code_${meaningOf(code)}`);
  const next = say(isFinal(code) ? "connection_final_yes" : "connection_final_no");
  return (
    <>
      <span class="life-what">
        <span class="dim life-time">{formatTime(t)} s</span>
        <span class="life-sign life-close" aria-hidden="true">
          ×
        </span>
        {say("connection_close", String(code))}
        {clean !== null && <span class="chip">{say(clean ? "connection_clean" : "connection_unclean")}</span>}
        {reason !== null && reason !== "" && (
          <code class="life-reason">
            <SafeText text={reason} />
          </code>
        )}
      </span>
      <span class="life-why" title={`${meaning} ${next}`}>
        {meaning} {next}
      </span>
    </>
  );
}
