import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { RootView } from "../../bridge/view";
import { countEntries } from "../model/json-entries";
import { createUnfolding } from "../model/unfolding";
import { say, sayCount } from "../text/say";
import { Fields } from "./Fields";
import { formatStoreId, formatTime } from "./format";
import { JsonPane } from "./JsonPane";
import { SafeText } from "./SafeText";
import { StatusDot } from "./StatusDot";

type StoreHeadProps = {
  readonly root: RootView;
  readonly store_id: readonly string[];
  readonly onFrame: (seq: number) => void;
  readonly problem: ComponentChildren;
};

/** Which store this is, and where its root stands. */
export function StoreHead({ root, store_id, onFrame, problem }: StoreHeadProps) {
  const { module, key, version, status, epoch, wire, kept } = root;
  const hasKept = kept.stream_ops + kept.upload_ops > 0;
  return (
    <header class="details-head">
      <h2>
        <SafeText text={module} />
        {store_id.length > 0 && (
          <span class="store-path">
            <SafeText text={formatStoreId(store_id)} />
          </span>
        )}
      </h2>
      <span class="status-word">
        <StatusDot status={status} /> {say(`root_status_${status}`)}
      </span>
      <span class="version" data-root-version={version}>
        {say("store_version", String(version))}
      </span>
      {problem}
      <Fields
        fields={[
          [
            say("store_id"),
            store_id.length === 0 ? say("timeline_store_root") : <Code text={JSON.stringify(store_id)} />,
          ],
          [say("store_root_id"), <Code key="root" text={key.root_id} />],
          [
            say("root_wire"),
            say(`root_wire_${wire}`) + (epoch > 1 ? `, ${sayCount("root_mounts", epoch)}` : ""),
          ],
          [say("store_last_change"), root.last_envelope && <LastChange root={root} onFrame={onFrame} />],
          [say("store_kept"), hasKept ? <Kept kept={kept} /> : null],
        ]}
      />
      <Params root={root} />
    </header>
  );
}

function Code({ text }: { readonly text: string }) {
  return (
    <code>
      <SafeText text={text} />
    </code>
  );
}

function Kept({ kept }: Pick<RootView, "kept">) {
  const parts = [
    kept.stream_ops > 0 && sayCount("store_kept_stream", kept.stream_ops),
    kept.upload_ops > 0 && sayCount("store_kept_upload", kept.upload_ops),
  ];
  return <span title={say("store_kept_why")}>{parts.filter(Boolean).join(", ")}</span>;
}

function LastChange({ root, onFrame }: Pick<StoreHeadProps, "root" | "onFrame">) {
  const last = root.last_envelope;
  if (last === null) return null;
  return (
    <span data-last-change={last.seq}>
      <button type="button" class="link" onClick={() => onFrame(last.seq)}>
        {say("store_version", String(root.version))}, +{formatTime(last.t)} s
      </button>
      {last.command === null ? null : (
        <span title={say("store_guess")}>
          {", "}
          {say("store_by_command")} <CommandLink command={last.command} onFrame={onFrame} />
          <span class="guess" role="img" aria-label={say("store_guess")}>
            ?
          </span>
        </span>
      )}
    </span>
  );
}

function CommandLink(props: {
  readonly command: { readonly seq: number; readonly name: string };
  readonly onFrame: (seq: number) => void;
}) {
  const { command, onFrame } = props;
  return (
    <button type="button" class="link" data-command={command.seq} onClick={() => onFrame(command.seq)}>
      <SafeText text={command.name} />
    </button>
  );
}

function Params({ root }: { readonly root: RootView }) {
  const isOpen = useSignal(false);
  const unfolding = useMemo(createUnfolding, []);
  if (countEntries(root.params) === 0) return null;
  return (
    <details
      class="params"
      onToggle={(event) => {
        isOpen.value = event.currentTarget.open;
      }}
    >
      <summary>{say("store_params")}</summary>
      {isOpen.value && (
        <JsonPane name="params" label={say("store_params")} value={root.params} unfolding={unfolding} />
      )}
    </details>
  );
}
