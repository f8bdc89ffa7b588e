import type { ChannelView, ConnectionView, RootView, StoreNode } from "../../bridge/view";
import { safeString } from "../model/safe-text";
import type { StoreItem } from "../model/store-item";
import { formatEndpoint } from "./format";
import { SafeText } from "./SafeText";
import { StatusDot } from "./StatusDot";
import { TEXT } from "./text";
import { useChangeFlash } from "./use-flash";

/** The inside of one line of the tree of stores. */
export function StoreTreeItem({ item }: { readonly item: StoreItem }) {
  switch (item.shows.kind) {
    case "connection":
      return <ConnectionLine connection={item.shows.connection} />;
    case "root":
      return <RootLine root={item.shows.root} node={item.shows.node} isFolded={!item.expanded} />;
    case "store":
      return <StoreLine node={item.shows.node} isFolded={!item.expanded} />;
    case "channel":
      return <ChannelLine channel={item.shows.channel} />;
  }
}

function ConnectionLine({ connection }: { readonly connection: ConnectionView }) {
  const { endpoint, status, frame } = connection;
  return (
    <span class="line" title={safeString(endpoint)}>
      <StatusDot status={status} />
      <span class="line-name connection-name">
        <SafeText text={formatEndpoint(endpoint)} />
      </span>
      {frame !== null && (
        <span class="chip" title={safeString(TEXT.iframeAt(frame))}>
          {TEXT.iframe}
        </span>
      )}
      <span class="line-status">{TEXT.connectionStatus[status]}</span>
    </span>
  );
}

function RootLine(props: {
  readonly root: RootView;
  readonly node: StoreNode | null;
  readonly isFolded: boolean;
}) {
  const { root, node, isFolded } = props;
  const flash = useChangeFlash(root.version);
  return (
    <span class="line" data-flash={flash} title={safeString(`${root.module} ${root.caller_id}`)}>
      <StatusDot status={root.status} />
      <span class="line-name root-name">
        <SafeText text={root.module} />
      </span>
      <span class="line-id">
        <SafeText text={root.caller_id} />
      </span>
      <span class="line-preview">{node !== null && <Preview node={node} />}</span>
      {isFolded && <Inside count={node?.children.length ?? 0} />}
      {root.problems > 0 && (
        <span class="badge badge-bad" title={TEXT.problemCount(root.problems)}>
          {root.problems}
        </span>
      )}
      {root.status !== "mounted" && <span class="line-status">{TEXT.rootStatus[root.status]}</span>}
      <span class="line-version">{TEXT.version(root.version)}</span>
    </span>
  );
}

function StoreLine({ node, isFolded }: { readonly node: StoreNode; readonly isFolded: boolean }) {
  const flash = useChangeFlash(JSON.stringify(node.preview));
  return (
    <span class="line" data-flash={flash} title={safeString(node.store_id.join(" › "))}>
      <span class="line-name store-name">
        <SafeText text={node.store_id.at(-1) ?? ""} />
      </span>
      <span class="line-preview">
        <Preview node={node} />
      </span>
      {isFolded && <Inside count={node.children.length} />}
    </span>
  );
}

/** How many stores are folded away. */
function Inside({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <span class="badge" data-inside={count} title={TEXT.inside(count)}>
      {TEXT.count(count)}
    </span>
  );
}

function ChannelLine({ channel }: { readonly channel: ChannelView }) {
  const { topic, state, kind } = channel;
  return (
    <span class="line" title={safeString(`${TEXT.channelKind[kind]} ${topic}`)}>
      <StatusDot status={state} />
      <span class="line-name channel-name">
        <SafeText text={topic} />
      </span>
      <span class="line-status">{TEXT.channelState[state]}</span>
    </span>
  );
}

function Preview({ node }: { readonly node: StoreNode }) {
  return node.preview.map(({ key, value }) => (
    <span key={key} class="preview-field">
      <span class="json-key">
        <SafeText text={key} />
      </span>
      : <SafeText text={value} />
    </span>
  ));
}
