import type { StoreLine } from "../../bridge/stores-view";
import type { ChannelView, ConnectionView, RootView } from "../../bridge/view";
import { safeString } from "../model/safe-text";
import type { StoreItem } from "../model/store-item";
import { sayCount } from "../text/say";
import { formatEndpoint, formatStoreId } from "./format";
import { SafeText } from "./SafeText";
import { StatusDot } from "./StatusDot";
import { StoreBadges } from "./StoreBadges";
import { TEXT } from "./text";
import { useRiseFlash } from "./use-flash";

/** The inside of one line of the tree of stores. */
export function StoreTreeItem({ item }: { readonly item: StoreItem }) {
  const { shows, line, label } = item;
  switch (shows.kind) {
    case "connection":
      return <ConnectionLine endpoint={label} connection={shows.connection} />;
    case "root":
      return <RootLine line={line} module={label} root={shows.root} />;
    case "store":
      return <StoreTreeLine line={line} name={label} title={storeTitle(item)} />;
    case "channel":
      return <ChannelLine topic={label} channel={shows.channel} />;
  }
}

function ConnectionLine(props: { readonly endpoint: string; readonly connection: ConnectionView | null }) {
  const { endpoint, connection } = props;
  return (
    <span class="line" title={safeString(endpoint)}>
      {connection !== null && <StatusDot status={connection.status} />}
      <span class="line-name connection-name">
        <SafeText text={formatEndpoint(endpoint)} />
      </span>
      {connection !== null && connection.frame !== null && (
        <span class="chip" title={safeString(TEXT.iframeAt(connection.frame))}>
          {TEXT.iframe}
        </span>
      )}
      {connection !== null && <span class="line-status">{TEXT.connectionStatus[connection.status]}</span>}
    </span>
  );
}

type RootLineProps = {
  readonly line: StoreLine;
  readonly module: string;
  readonly root: RootView | null;
};

function RootLine({ line, module, root }: RootLineProps) {
  const flash = useRiseFlash(line.changed_seq);
  return (
    <span class="line" data-flash={flash} title={safeString(`${module} ${root?.caller_id ?? ""}`)}>
      {root !== null && <StatusDot status={root.status} />}
      <span class="line-name root-name">
        <SafeText text={module} />
      </span>
      <span class="line-id">
        <SafeText text={root?.caller_id ?? ""} />
      </span>
      <Preview fields={line.preview} />
      <Inside line={line} />
      <StoreBadges badges={line.badges} />
      {root !== null && root.status !== "mounted" && (
        <span class="line-status">{TEXT.rootStatus[root.status]}</span>
      )}
      {root !== null && <span class="line-version">{TEXT.version(root.version)}</span>}
    </span>
  );
}

type StoreTreeLineProps = { readonly line: StoreLine; readonly name: string; readonly title: string };

function StoreTreeLine({ line, name, title }: StoreTreeLineProps) {
  const flash = useRiseFlash(line.changed_seq);
  return (
    <span class="line" data-flash={flash} title={title}>
      <span class="line-name store-name">
        <SafeText text={name} />
      </span>
      <Preview fields={line.preview} />
      <Inside line={line} />
      <StoreBadges badges={line.badges} />
    </span>
  );
}

function storeTitle({ selection }: StoreItem): string {
  return selection.kind === "store" ? safeString(formatStoreId(selection.store_id)) : "";
}

/** How many stores are folded away. */
function Inside({ line: { inside, expanded } }: { readonly line: StoreLine }) {
  if (inside === 0 || expanded) return null;
  const words = sayCount("stores_inside", inside);
  return (
    <span class="badge" data-inside={inside} title={words}>
      <span aria-hidden="true">{TEXT.count(inside)}</span>
      <span class="visually-hidden">{words}</span>
    </span>
  );
}

function ChannelLine({ topic, channel }: { readonly topic: string; readonly channel: ChannelView | null }) {
  const kind = channel === null ? "" : TEXT.channelKind[channel.kind];
  return (
    <span class="line" title={safeString(`${kind} ${topic}`)}>
      {channel !== null && <StatusDot status={channel.state} />}
      <span class="line-name channel-name">
        <SafeText text={topic} />
      </span>
      {channel !== null && <span class="line-status">{TEXT.channelState[channel.state]}</span>}
    </span>
  );
}

function Preview({ fields }: { readonly fields: StoreLine["preview"] }) {
  return (
    <span class="line-preview">
      {fields.map(({ key, value }) => (
        <span key={key} class="preview-field">
          <span class="json-key">
            <SafeText text={key} />
          </span>
          : <SafeText text={value} />
        </span>
      ))}
    </span>
  );
}
