import type { Panel, Tab } from "../model/panel";
import { Bars } from "./Bars";
import { FramesView } from "./FramesView";
import { ProblemsView } from "./ProblemsView";
import { StoresView } from "./StoresView";
import { Toolbar } from "./Toolbar";

/**
 * The whole panel over its model. It needs a document, `panel.css` and nothing of an extension.
 *
 * What tests and scripts may rely on:
 * - tabs: `[role=tab][data-tab=stores|frames|problems]`; link to the host:
 *   `[data-link=connecting|attached|reconnecting|orphaned]`
 * - what is missing: `[data-diagnosis=connecting|orphaned|STEP][data-stop=...]`, in it the ladder
 *   `[data-step=permission|tap|socket|phoenix|channel|root|envelope][data-step-state=done|failed|waiting]`; bars:
 *   `[data-bar=orphaned|past|tap_off|elsewhere|storage]`; `[data-private]` in a private window
 * - capture: `[data-action=allow|reload|preserve|show-past|show-live|settings]`, and in the menu that `settings` opens,
 *   `[data-menu]`, `[data-action=preserve|journal-limit]` and the sites `[data-site="https://example.com/*"]`, each with
 *   `[data-action=revoke]`; while a past session is shown, `[data-session=past]`, else `[data-session=live]`
 * - tree of stores: `[role=treeitem][data-kind=connection|root|store|channel]` with `data-connection`, `data-status`,
 *   `data-topic` (channels), `data-root-id` and `data-store-id='["child"]'` (roots and stores; a root has `[]`)
 * - details: `[data-detail=store|connection|channel|event]`; a store's has `data-version`, its root's version is in
 *   `[data-root-version]`, the last change in `[data-last-change]` with a link `[data-command]`
 * - JSON: `[data-json=state|params|payload]` with lines `[role=treeitem][data-path="/count"]`, the value's text in
 *   `[data-value]`, links to stores in `[data-store-link='["child"]']`, markers in `[data-marker][data-status]`; a stream
 *   or an upload has `[data-slot]` with its name, the items of a stream stand under their keys (`/rows/rows-1`)
 * - frames: `[data-view=frames] [role=row][data-seq]` with `data-type`, `data-by`, `data-problem`; the chosen event's
 *   `[data-raw]`, `[data-pair]`, `[data-problem-text]`, `[data-meaning=gap|base]`; controls `[data-action=filter|heartbeats|follow|copy-...]`
 * - problems: `[data-view=problems] [role=option][data-seq][data-code]`
 */
export function App({ panel }: { readonly panel: Panel }) {
  const tab = panel.tab.value;
  return (
    <div class="app" data-session={panel.overview.value?.session.isLive === false ? "past" : "live"}>
      <Toolbar panel={panel} />
      <Bars panel={panel} />
      <div class="view" role="tabpanel" id="view-panel" aria-labelledby={`view-tab-${tab}`}>
        <View tab={tab} panel={panel} />
      </div>
    </div>
  );
}

function View({ tab, panel }: { readonly tab: Tab; readonly panel: Panel }) {
  switch (tab) {
    case "stores":
      return <StoresView panel={panel} />;
    case "frames":
      return <FramesView panel={panel} />;
    case "problems":
      return <ProblemsView panel={panel} />;
  }
}
