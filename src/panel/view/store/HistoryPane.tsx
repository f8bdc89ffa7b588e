import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { ToldValue } from "../../../engine/ask/answer";
import type { Json } from "../../../wire/json";
import { previewJson } from "../../model/json-preview";
import type { Panel } from "../../model/panel";
import { cutText, safeString } from "../../model/safe-text";
import { createUnfolding } from "../../model/unfolding";
import type { HistoryAnswer, HistorySubject } from "../../model/value-history";
import { say } from "../../text/say";
import { formatTime } from "../format";
import { JsonPane } from "../JsonPane";
import { Sentence } from "../Notice";
import { closeOnEscape } from "../palette/use-dialog";
import { SafeText } from "../SafeText";
import { Skeleton } from "../Skeleton";
import { VirtualList } from "../VirtualList";
import { CauseLink } from "./CauseLink";
import { RefusedSentence } from "./RefusedSentence";
import { SeqLink } from "./SeqLink";
import { WrittenRow } from "./WrittenRow";

/** As in the style sheet. CSS pixels. */
const ROW_HEIGHT = 44;
/** Characters of a value on one line. */
const MAX_VALUE_CHARS = 200;

type HistoryPaneProps = { readonly panel: Panel; readonly subject: HistorySubject };

/** A value, who wrote it, and all that it was before. */
export function HistoryPane({ panel, subject }: HistoryPaneProps) {
  const { history } = panel.storeTabs;
  const title =
    subject.path === "" ? say("store_history_whole") : say("store_history_of", safeString(subject.path));
  return (
    <section
      class="value-history"
      data-history={subject.path}
      aria-label={title}
      onKeyDown={(event) => closeOnEscape(event, history.close)}
    >
      <div class="json-bar">
        <span class="json-title history-title" title={title}>
          {title}
        </span>
        <button
          type="button"
          class="button close"
          aria-label={say("store_history_close")}
          title={say("store_history_close")}
          onClick={history.close}
        >
          ×
        </button>
      </div>
      <HistoryBody panel={panel} subject={subject} />
    </section>
  );
}

function HistoryBody({ panel, subject }: HistoryPaneProps) {
  const { history } = panel.storeTabs;
  const answered = history.answered.value;
  if (!subject.found.ok) return <Sentence text={say(`store_history_not_${subject.found.why}`)} />;
  if (answered === null) return <Skeleton />;
  if (!answered.ok) return <RefusedSentence text={answered.message} />;
  if (answered.answer.values.length === 0) return <Sentence text={say("store_history_none")} />;
  return <Values key={subject.path} panel={panel} answer={answered.answer} onMore={history.showMore} />;
}

type ValuesProps = {
  readonly panel: Panel;
  readonly answer: HistoryAnswer;
  readonly onMore: () => void;
};

function Values({ panel, answer: { values, end }, onMore }: ValuesProps) {
  /** The event whose value is shown whole. */
  const unfolded = useSignal<number | null>(null);
  const whole = values.find(({ seq }) => seq === unfolded.value);
  return (
    <div class="history-body">
      <VirtualList
        total={values.length + 1}
        rowHeight={ROW_HEIGHT}
        attributes={{ role: "list", "aria-label": say("store_history_list"), tabIndex: 0 }}
        render={({ first, count }) => [
          ...values.slice(first, first + count).map((written, offset) => (
            <WrittenRow
              key={written.seq}
              place={{ row: first + offset, total: values.length + 1 }}
              data={{ "data-written": written.seq }}
            >
              <Written
                panel={panel}
                written={written}
                isNow={first + offset === 0}
                isWhole={unfolded.value === written.seq}
                onWhole={(isWhole) => {
                  unfolded.value = isWhole ? written.seq : null;
                }}
              />
            </WrittenRow>
          )),
          first + count > values.length && (
            <WrittenRow
              key="end"
              place={{ row: values.length, total: values.length + 1 }}
              data={{ "data-end": end }}
            >
              <End end={end} onMore={onMore} />
            </WrittenRow>
          ),
        ]}
      />
      {whole?.value !== undefined && <Whole key={whole.seq} value={whole.value} />}
    </div>
  );
}

type WrittenProps = {
  readonly panel: Panel;
  readonly written: ToldValue;
  readonly isNow: boolean;
  readonly isWhole: boolean;
  readonly onWhole: (isWhole: boolean) => void;
};

/** One value, and the event that wrote it. */
function Written({ panel, written, isNow, isWhole, onWhole }: WrittenProps) {
  const { seq, t, version, cause, value } = written;
  const name = cause === null ? "" : typeof cause.name === "string" ? cause.name : JSON.stringify(cause.name);
  return (
    <>
      <span class="written-value">
        {value === undefined ? (
          <span class="dim">{say("store_history_gone")}</span>
        ) : (
          <button
            type="button"
            class="value-button"
            aria-expanded={isWhole}
            title={say("store_history_whole_value")}
            onClick={() => onWhole(!isWhole)}
          >
            <SafeText text={previewOf(value)} />
          </button>
        )}
        {isNow && <span class="chip">{say("store_history_now")}</span>}
      </span>
      <span class="written-by">
        {say("store_version", String(version))}, {say("store_seconds", formatTime(t))},{" "}
        <SeqLink panel={panel} seq={seq} />
        {cause !== null && (
          <>
            , {say("store_by_command")} <CauseLink panel={panel} cause={{ ...cause, name }} />
          </>
        )}
      </span>
    </>
  );
}

function End({ end, onMore }: { readonly end: HistoryAnswer["end"]; readonly onMore: () => void }) {
  if (end === "more") {
    return (
      <button type="button" class="link" data-action="more-history" onClick={onMore}>
        {say("store_history_more")}
      </button>
    );
  }
  return (
    <span class="dim written-end">
      {say(end === "beginning" ? "store_history_beginning" : "store_history_truncated")}
    </span>
  );
}

function Whole({ value }: { readonly value: Json }) {
  const unfolding = useMemo(createUnfolding, []);
  return (
    <JsonPane
      name="written"
      label={say("store_history_whole_value")}
      title={say("store_history_value")}
      value={value}
      unfolding={unfolding}
    />
  );
}

function previewOf(value: Json): string {
  if (typeof value !== "string") return previewJson(value);
  const cut = cutText(value, MAX_VALUE_CHARS);
  return cut.length === value.length ? JSON.stringify(value) : `${JSON.stringify(cut)}…`;
}
