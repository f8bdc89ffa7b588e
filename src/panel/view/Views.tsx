import type { Panel } from "../model/panel";
import type { PaneName } from "../model/panes";
import { VIEWS, type ViewName } from "../model/view-name";
import { say } from "../text/say";
import { ChannelsView } from "./ChannelsView";
import { CompareView } from "./CompareView";
import { ConnectionLifeView } from "./ConnectionLifeView";
import { FramesView } from "./FramesView";
import { ProblemsView } from "./ProblemsView";
import { Split } from "./Split";
import { StoresView } from "./StoresView";
import { TimelineView } from "./TimelineView";

/** The view that the tabs choose and, where a person wants two, another beside it, or below it where it is narrow. */
export function Views({ panel }: { readonly panel: Panel }) {
  const { main, second } = panel.panes;
  return (
    <div class="views">
      <Split
        name="views"
        share={{ beside: 50, stacked: 50 }}
        first={
          <div
            class="view"
            role="tabpanel"
            id="view-panel"
            aria-labelledby={`view-tab-${main.value}`}
            {...tellUse(panel, "main")}
          >
            <View view={main.value} panel={panel} />
          </div>
        }
        second={second.value === null ? null : <Second panel={panel} view={second.value} />}
      />
    </div>
  );
}

type ViewProps = { readonly panel: Panel; readonly view: ViewName };

function Second({ panel, view }: ViewProps) {
  const { panes } = panel;
  return (
    <section
      class="second"
      id="second-panel"
      data-second={view}
      aria-label={say(`view_${view}`)}
      {...tellUse(panel, "second")}
    >
      <header class="second-bar">
        <select
          class="select"
          data-action="second-view"
          aria-label={say("split_second")}
          title={say("split_second")}
          value={view}
          onChange={({ currentTarget: { selectedIndex } }) => {
            panes.choose("second", VIEWS[selectedIndex] ?? view);
          }}
        >
          {VIEWS.map((name) => (
            <option key={name} value={name}>
              {say(`view_${name}`)}
            </option>
          ))}
        </select>
        <button type="button" class="button" data-action="second-swap" onClick={panes.swap}>
          {say("split_swap")}
        </button>
        <button
          type="button"
          class="button close"
          data-action="second-close"
          aria-label={say("split_close")}
          title={say("split_close")}
          onClick={panes.toggle}
        >
          ×
        </button>
      </header>
      <div class="view">
        <View view={view} panel={panel} />
      </div>
    </section>
  );
}

/** Tells that a person is there, by mouse or keyboard. */
function tellUse({ panes }: Panel, pane: PaneName) {
  const tell = (): void => panes.use(pane);
  return { onPointerDownCapture: tell, onFocusIn: tell };
}

function View({ view, panel }: ViewProps) {
  switch (view) {
    case "stores":
      return <StoresView panel={panel} />;
    case "timeline":
      return <TimelineView panel={panel} />;
    case "compare":
      return <CompareView panel={panel} />;
    case "frames":
      return <FramesView panel={panel} />;
    case "channels":
      return <ChannelsView panel={panel} />;
    case "connection":
      return <ConnectionLifeView panel={panel} />;
    case "problems":
      return <ProblemsView panel={panel} />;
  }
}
