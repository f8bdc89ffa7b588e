import type { ComponentChildren } from "preact";
import type { StoreLine } from "../../bridge/stores-view";
import type { ChannelView, ConnectionView, RootView } from "../../bridge/view";
import { safeString } from "../model/safe-text";
import type { StoreItem } from "../model/store-item";
import type { Selection } from "../model/store-key";
import { say, sayCount, sayNumber } from "../text/say";
import { formatEndpoint, formatStoreId } from "./format";
import { SafeText } from "./SafeText";
import { StatusDot } from "./StatusDot";
import { StoreBadges } from "./StoreBadges";
import { useRiseFlash } from "./use-flash";

type StoreTreeItemProps = {
  readonly item: StoreItem;
  /** Lists what went wrong with what the line stands for. */
  readonly onProblems: (of: Selection) => void;
};

/** The inside of one line of the tree of stores. */
export function StoreTreeItem({ item, onProblems }: StoreTreeItemProps) {
  const { shows, line, label, selection } = item;
  const badges = <StoreBadges badges={line.badges} onProblems={() => onProblems(selection)} />;
  switch (shows.kind) {
    case "connection":
      return <ConnectionLine endpoint={label} connection={shows.connection} badges={badges} />;
    case "root":
      return <RootLine line={line} module={label} root={shows.root} badges={badges} />;
    case "store":
      return <StoreTreeLine line={line} name={label} title={storeTitle(item)} badges={badges} />;
    case "channel":
      return <ChannelLine topic={label} channel={shows.channel} badges={badges} />;
  }
}

/** What a line says of what it stands for in small. */
type Badged = { readonly badges: ComponentChildren };

type ConnectionLineProps = Badged & {
  readonly endpoint: string;
  readonly connection: ConnectionView | null;
};

function ConnectionLine({ endpoint, connection, badges }: ConnectionLineProps) {
  return (
    <span class="line" title={safeString(endpoint)}>
      {connection !== null && <StatusDot status={connection.status} />}
      <span class="line-name connection-name">
        <SafeText text={formatEndpoint(endpoint)} />
      </span>
      {connection !== null && connection.frame !== null && (
        <span class="chip" title={safeString(say("stores_iframe_at", connection.frame))}>
          {say("stores_iframe")}
        </span>
      )}
      {badges}
      {connection !== null && (
        <span class="line-status">{say(`connection_status_${connection.status}`)}</span>
      )}
    </span>
  );
}

type RootLineProps = Badged & {
  readonly line: StoreLine;
  readonly module: string;
  readonly root: RootView | null;
};

function RootLine({ line, module, root, badges }: RootLineProps) {
  const flash = useRiseFlash(line.changed_seq);
  return (
    <span class="line" ref={flash} title={safeString(`${module} ${root?.caller_id ?? ""}`)}>
      {root !== null && <StatusDot status={root.status} />}
      <span class="line-name root-name">
        <SafeText text={module} />
      </span>
      <span class="line-id">
        <SafeText text={root?.caller_id ?? ""} />
      </span>
      <Preview fields={line.preview} />
      <Inside line={line} />
      {badges}
      {root !== null && root.status !== "mounted" && (
        <span class="line-status">{say(`root_status_${root.status}`)}</span>
      )}
      {root !== null && <span class="line-version">{say("store_version", String(root.version))}</span>}
    </span>
  );
}

type StoreTreeLineProps = Badged & {
  readonly line: StoreLine;
  readonly name: string;
  readonly title: string;
};

function StoreTreeLine({ line, name, title, badges }: StoreTreeLineProps) {
  const flash = useRiseFlash(line.changed_seq);
  return (
    <span class="line" ref={flash} title={title}>
      <span class="line-name store-name">
        <SafeText text={name} />
      </span>
      <Preview fields={line.preview} />
      <Inside line={line} />
      {badges}
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
      <span aria-hidden="true">{sayNumber(inside)}</span>
      <span class="visually-hidden">{words}</span>
    </span>
  );
}

type ChannelLineProps = Badged & { readonly topic: string; readonly channel: ChannelView | null };

function ChannelLine({ topic, channel, badges }: ChannelLineProps) {
  const kind = channel === null ? "" : say(`channels_kind_${channel.kind}`);
  return (
    <span class="line" title={safeString(`${kind} ${topic}`)}>
      {channel !== null && <StatusDot status={channel.state} />}
      <span class="line-name channel-name">
        <SafeText text={topic} />
      </span>
      {badges}
      {channel !== null && <span class="line-status">{say(`channels_state_${channel.state}`)}</span>}
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
