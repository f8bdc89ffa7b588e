import type { Panel } from "../model/panel";
import { say } from "../text/say";
import { Bars } from "./Bars";
import { MomentBar } from "./MomentBar";
import { News } from "./News";
import { Palette } from "./Palette";
import { PanelContext } from "./panel-context";
import { TextScale } from "./TextScale";
import { Toolbar } from "./Toolbar";
import { Views } from "./Views";

/**
 * The whole panel over its model. It needs a document, `panel.css` and nothing of an extension.
 *
 * What tests and scripts may rely on:
 * - tabs: `[role=tab][data-tab=stores|timeline|compare|frames|channels|connection|problems]`; link to the host:
 *   `[data-link=connecting|attached|reconnecting|orphaned]`
 * - what is missing: `[data-diagnosis=connecting|orphaned|STEP][data-stop=...]`, in it the ladder
 *   `[data-step=permission|tap|socket|phoenix|channel|root|envelope][data-step-state=done|failed|waiting]`; bars:
 *   `[data-bar=orphaned|past|tap_off|elsewhere|storage|refused]`; `[data-private]` in a private window
 * - capture: `[data-action=allow|reload|preserve|show-past|show-live|settings]`, and in the menu that `settings` opens,
 *   `[data-menu]`, `[data-action=preserve|journal-limit]` and the sites `[data-site="https://example.com/*"]`, each with
 *   `[data-action=revoke]`; while a past session is shown, `[data-session=past]`, else `[data-session=live]`
 * - tree of stores: `[role=treeitem][data-kind=connection|root|store|channel]` with `data-connection`, `data-status`,
 *   `data-topic` (channels), `data-root-id` and `data-store-id='["child"]'` (roots and stores; a root has `[]`); in
 *   a line `[data-badge=stream|loading|uploading|failed|problems][data-count]` and, where it is folded,
 *   `[data-inside]`; lines that have not come are `[data-blank]`
 * - details: `[data-detail=store|connection|channel|event]`; a store's has `data-version`, its root's version is in
 *   `[data-root-version]`, the last change in `[data-last-change]` with a link `[data-command]`
 * - the store's sides: `#store-panel`, under `[id^=store-tab-][data-tab=state|changes|assigns|events|commands|raw]`; their lists
 *   `[data-log=changes|events|commands] [role=row][data-seq]` with the chosen line in `[data-detail=changes|events|commands]`,
 *   `[data-action=newer]`; `[data-action=history]` opens `[data-history="/path"]` with `[data-written=SEQ]` and `[data-end]`;
 *   `[data-render=SEQ]` in Assigns; links to events are `[data-event-link=SEQ]`
 * - JSON: `[data-json=state|params|payload|assigns|change|command|event-payload|written]` with lines `[role=treeitem][data-path="/count"]`, the value's text in
 *   `[data-value]`, links to stores in `[data-store-link='["child"]']`, markers in `[data-marker][data-status]`; a stream
 *   or an upload has `[data-slot]` with its name, the items of a stream stand under their keys (`/rows/rows-1`); numbers with
 *   source digits are `[data-rounded]`, dates `[data-date=instant|wall|day]`; the bar has `[data-action=levels|expand|pin|
 *   history|copy-value|copy-path|copy-json]`; in State pinned values are `[data-pinned="/count"]`, what has changed since the
 *   last look `[data-since]`, their number `[data-since-count]` with `[data-action=next-since|clear-since]`, and the rest of a
 *   long stream is behind `[data-action=earlier|later]`; all of the value as text is in `[data-raw]`
 * - frames: `[data-view=frames] [role=row][data-seq]` with `data-type`, `data-by`, `data-problem`; the chosen event's
 *   `[data-raw]`, `[data-pair]`, `[data-problem-text]`, `[data-meaning=gap|base]`, `[data-hex]` where it is binary; controls
 *   `[data-action=filter|only|heartbeats|follow|copy-...]`
 * - time travel: `[data-moment=past|live]` around everything; `[data-moment-bar]` with `[data-position]` (the event's seq),
 *   `[data-moment-fault]`, the scrubber `[role=slider]`, `[data-action=moment-live|moment-back|moment-play|moment-speed|
 *   moment-previous|moment-next|moment-step|moment-root]`
 * - palette, search and keys: `dialog[data-palette=actions|search|keys]`, its field `[data-action=palette-text]`, options
 *   `[role=option][data-action-id="view.stores"]` and `[role=option][data-result=root|channel|connection|store|key|value|entry]`;
 *   they open by `[data-action=search|keys]`, the tabs that are out of sight by `[data-action=more-views]`
 * - compare: `[data-view=compare][data-layout=unified|beside]`; `[data-action=find-root|root|from|to|swap|last|layout]`, a
 *   side's `[data-action=choose-from|choose-to]` opens `[data-versions=from|to]` with `[role=option][data-seq]` and
 *   `[data-action=present|previous|start]`; `[data-differences]` with the number of them, lines
 *   `[role=treeitem][data-store-id]` and `[role=treeitem][data-path][data-op]`, values `[data-side-value=before|after]`
 * - timeline: `[data-view=timeline] [role=row][data-seq][data-place][data-kind]` with `data-later=first|later`; controls
 *   `[data-action=filter|regex|kinds|find-root|root|store|clear|follow]`, `[data-menu=kinds] [data-kind]`, `[data-fault]`; the chart
 *   `[data-strip][data-zoomed]` with `[data-action=strip|zoom-in|zoom-out|zoom-reset]` and its `[data-counts]`; the chosen
 *   entry `[data-detail=entry]` with `[data-cause] [data-link=SEQ]`, `[data-entry=PLACE]`, changes `[role=listitem][data-path]
 *   [data-side=before|after]`, `[data-action=show-frame|go-to-moment]`
 * - channels: `[data-view=channels] [role=row][data-topic]` with `data-connection`, `data-state`, `data-kind`; the chosen
 *   one's `[data-join][data-answer=joined|refused|none]`, `[data-present]`, `[data-person]`, `[data-json=metas]`; controls
 *   `[data-action=filter|filter-people|show-in-stores|show-connection|show-in-frames]`
 * - connection: `[data-view=connection][data-connection]` with `[data-spans]`, `[data-beats]`, `[data-missing]`,
 *   `[data-beat]`, `[role=option][data-life=attempt|close][data-seq][data-code]`, `[data-action=choose-connection]`
 * - problems: `[data-view=problems][data-of] [role=option][data-seq][data-code]`, all of them again by
 *   `[data-action=all-problems]`; where something is chosen that has some, the last of them in `[data-newest-problem=SEQ]`
 *   with `[data-action=problem-frame|problems]`
 * - two views: `[data-action=split]` opens `[data-second=stores|timeline|...]` beside `#view-panel`, or closes it; in it
 *   `[data-action=second-view|second-swap|second-close]`
 */
export function App({ panel }: { readonly panel: Panel }) {
  return (
    <main
      class="app"
      data-session={panel.moment.isLive.value ? "live" : "past"}
      data-moment={panel.moment.isPast.value ? "past" : "live"}
    >
      <h1 class="visually-hidden">{say("panel_title")}</h1>
      <Toolbar panel={panel} />
      <Bars panel={panel} />
      <MomentBar panel={panel} />
      <PanelContext.Provider value={panel}>
        <Views panel={panel} />
      </PanelContext.Provider>
      <Palette panel={panel} />
      <News panel={panel} />
      <TextScale />
    </main>
  );
}
