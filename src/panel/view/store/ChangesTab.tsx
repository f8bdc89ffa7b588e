import { useMemo } from "preact/hooks";
import type { ChangeLine, StepPreview, UsView } from "../../../bridge/stores-view";
import { changeTree, nameOfStep } from "../../model/change-tree";
import type { Panel } from "../../model/panel";
import { safeString } from "../../model/safe-text";
import { createUnfolding } from "../../model/unfolding";
import { say, sayCount } from "../../text/say";
import { Fields } from "../Fields";
import { formatDuration, formatTime } from "../format";
import { JsonPane } from "../JsonPane";
import { SafeText } from "../SafeText";
import { CauseLink } from "./CauseLink";
import { type LogColumn, LogTab } from "./LogTab";
import { SeqLink } from "./SeqLink";

/** Every version that touched the store. */
export function ChangesTab({ panel }: { readonly panel: Panel }) {
  const columns: readonly LogColumn<ChangeLine>[] = [
    { name: "time", render: ({ t }) => formatTime(t) },
    {
      name: "version",
      render: ({ version }) => say("store_version", String(version)),
    },
    {
      name: "cause",
      render: (change) => <Cause panel={panel} change={change} inGrid />,
    },
    { name: "change", render: (change) => <Steps change={change} /> },
  ];
  return (
    <LogTab
      what="changes"
      list={panel.storeTabs.logs.changes}
      label={say("store_changes_label")}
      empty={say("store_changes_none")}
      columns={columns}
      detail={(change) => <ChangeDetail panel={panel} change={change} />}
    />
  );
}

type CauseProps = { readonly panel: Panel; readonly change: ChangeLine; readonly inGrid?: boolean };

/** The command, where one is known; else the server's own word, or what brought the change. */
function Cause({ panel, change, inGrid = false }: CauseProps) {
  const { cause, render, by } = change;
  if (cause !== null) return <CauseLink panel={panel} cause={cause} inGrid={inGrid} />;
  if (render?.why != null) return <SafeText text={render.why} />;
  return by === "envelope" ? (
    <span class="dim" title={say("store_cause_none")}>
      {say("store_cause_server")}
    </span>
  ) : (
    <span class="chip">{say(`store_by_${by}`)}</span>
  );
}

function Steps({ change: { previews, steps } }: { readonly change: ChangeLine }) {
  const others = steps - previews.length;
  return (
    <span class="steps" title={safeString(previews.map(writeStep).join("\n"))}>
      {previews.map((step, index) => (
        <Step key={index} step={step} />
      ))}
      {others > 0 && <span class="dim">{sayCount("store_steps_more", others)}</span>}
    </span>
  );
}

function Step({ step }: { readonly step: StepPreview }) {
  const { what, before, after } = step;
  if (what === "mounted" || what === "unmounted") {
    return <span class="chip">{say(`store_${what}`)}</span>;
  }
  return (
    <span class="step">
      <span class="json-key">
        <SafeText text={nameOfStep(step)} />
      </span>{" "}
      {before !== null && (
        <del>
          <SafeText text={before} />
        </del>
      )}
      <span class="dim"> → </span>
      {after === null ? <span class="dim">{say("store_removed")}</span> : <SafeText text={after} />}
    </span>
  );
}

function writeStep(step: StepPreview): string {
  return `${nameOfStep(step)} ${step.before ?? ""} → ${step.after ?? say("store_removed")}`;
}

function ChangeDetail({ panel, change }: { readonly panel: Panel; readonly change: ChangeLine }) {
  const { seq, t, epoch, version, render, body, more } = change;
  const unfolding = useMemo(createUnfolding, [seq]);
  const steps = body?.steps;
  const tree = useMemo(() => (steps === undefined ? null : changeTree(steps)), [steps]);
  return (
    <>
      <header class="log-head">
        <h3>
          {say("store_version", String(version))}
          {epoch > 1 && <span class="dim"> {say("store_epoch", String(epoch))}</span>}
        </h3>
        <Fields
          fields={[
            [say("store_field_event"), <SeqLink key="seq" panel={panel} seq={seq} />],
            [say("store_column_time"), say("store_seconds", formatTime(t))],
            [say("store_column_cause"), <Cause key="cause" panel={panel} change={change} />],
            [say("store_field_render"), render?.us == null ? null : <Durations key="us" us={render.us} />],
          ]}
        />
        {more && <p class="dim">{sayCount("store_steps_cut", change.steps)}</p>}
      </header>
      {tree !== null && (
        <JsonPane
          name="change"
          label={say("store_column_change")}
          title={say("store_column_change")}
          value={tree}
          unfolding={unfolding}
        />
      )}
    </>
  );
}

/** What each step of a render took on the server. */
export function Durations({ us }: { readonly us: UsView }) {
  return (
    <span>
      <SafeText
        text={Object.entries(us)
          .map(([step, micros]) => `${step} ${formatDuration(micros / 1000)}`)
          .join(", ")}
      />
    </span>
  );
}
