import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { RootView } from "../../bridge/view";
import { countEntries } from "../model/json-entries";
import { createUnfolding } from "../model/unfolding";
import { Fields } from "./Fields";
import { formatStoreId, formatTime } from "./format";
import { JsonPane } from "./JsonPane";
import { SafeText } from "./SafeText";
import { StatusDot } from "./StatusDot";
import { TEXT } from "./text";

type StoreHeadProps = {
  readonly root: RootView;
  readonly store_id: readonly string[];
  readonly onFrame: (seq: number) => void;
};

/** Which store this is, and where its root stands. */
export function StoreHead({ root, store_id, onFrame }: StoreHeadProps) {
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
        <StatusDot status={status} /> {TEXT.rootStatus[status]}
      </span>
      <span class="version" data-root-version={version}>
        {TEXT.version(version)}
      </span>
      <Fields
        fields={[
          [
            TEXT.fields.storeId,
            store_id.length === 0 ? TEXT.rootStore : <Code text={JSON.stringify(store_id)} />,
          ],
          [TEXT.fields.rootId, <Code key="root" text={key.root_id} />],
          [TEXT.fields.wire, epoch > 1 ? `${TEXT.wire[wire]}, ${TEXT.mountedTimes(epoch)}` : TEXT.wire[wire]],
          [TEXT.fields.lastChange, root.last_envelope && <LastChange root={root} onFrame={onFrame} />],
          [TEXT.fields.kept, hasKept ? <Kept kept={kept} /> : null],
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
  return <span title={TEXT.keptWhy}>{TEXT.kept(kept.stream_ops, kept.upload_ops)}</span>;
}

function LastChange({ root, onFrame }: Pick<StoreHeadProps, "root" | "onFrame">) {
  const last = root.last_envelope;
  if (last === null) return null;
  return (
    <span data-last-change={last.seq}>
      <button type="button" class="link" onClick={() => onFrame(last.seq)}>
        {TEXT.version(root.version)}, +{formatTime(last.t)} s
      </button>
      {last.command === null ? null : (
        <span title={TEXT.guess}>
          {", "}
          {TEXT.changedBy} <CommandLink command={last.command} onFrame={onFrame} />
          <span class="guess" role="img" aria-label={TEXT.guess}>
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
      <summary>{TEXT.mountParams}</summary>
      {isOpen.value && (
        <JsonPane name="params" label={TEXT.mountParams} value={root.params} unfolding={unfolding} />
      )}
    </details>
  );
}
