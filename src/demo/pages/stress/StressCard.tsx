import { isTrueAt, listAt, numberAt } from "../../../client/field";
import { RootCard } from "../roots/RootCard";
import { type State, type UsedRoot, useRoot } from "../roots/use-root";
import type { Demo } from "../shell/demo";
import { HeatMap } from "./HeatMap";
import { Slider } from "./Slider";
import { useRate } from "./use-rate";

/** The root of the stress page: its sliders, what comes of them, and a picture of its stores. */
export function StressCard({ demo }: { readonly demo: Demo }) {
  const root = useRoot(demo, { module: "Demo.StressStore", id: "main", params: {} });
  return (
    <RootCard title="Stores that tick" root={root}>
      {(state) => (
        <>
          <StressSliders state={state} root={root} />
          <div class="buttons">
            <button
              type="button"
              class="main"
              data-command={isTrueAt(state, "running") ? "stop" : "start"}
              onClick={() => void root.send([], isTrueAt(state, "running") ? "stop" : "start")}
            >
              {isTrueAt(state, "running") ? "Stop" : "Start"}
            </button>
            <button type="button" data-command="tick" onClick={() => void root.send([], "tick")}>
              One tick
            </button>
          </div>
          <Figures state={state} root={root} />
          <HeatMap values={listAt(state, "stores").map((store) => numberAt(store, "value"))} />
        </>
      )}
    </RootCard>
  );
}

function StressSliders({ state, root }: { readonly state: State; readonly root: UsedRoot }) {
  const set = (name: string) => (value: number) => void root.send([], "configure", { [name]: value });
  return (
    <div class="sliders">
      <Slider
        name="stores"
        label="Stores"
        unit=""
        min={1}
        max={2_000}
        value={numberAt(state, "count")}
        set={set("count")}
      />
      <Slider
        name="hz"
        label="Ticks a second"
        unit="Hz"
        min={1}
        max={60}
        value={numberAt(state, "hz")}
        set={set("hz")}
      />
      <Slider
        name="share"
        label="Stores that change at each tick"
        unit="%"
        min={1}
        max={100}
        value={numberAt(state, "share")}
        set={set("share")}
      />
    </div>
  );
}

function Figures({ state, root }: { readonly state: State; readonly root: UsedRoot }) {
  const snapshot = root.snapshot.value;
  const version = snapshot === null || snapshot === "failed" ? 0 : snapshot.version;
  const envelopes = useRate(version);
  const stores = Math.round(
    envelopes * Math.ceil((numberAt(state, "count") * numberAt(state, "share")) / 100),
  );
  return (
    <dl class="figures">
      <div>
        <dt>ticks</dt>
        <dd data-show="ticks">{numberAt(state, "ticks")}</dd>
      </div>
      <div>
        <dt>envelopes a second</dt>
        <dd data-show="envelopes">{envelopes}</dd>
      </div>
      <div>
        <dt>stores changed a second</dt>
        <dd data-show="changed">{stores}</dd>
      </div>
    </dl>
  );
}
