import type { Compare } from "../../model/compare";
import { SIDES } from "../../model/compare";
import { say } from "../../text/say";
import { RootSelect } from "../RootSelect";
import { MomentField } from "./MomentField";

/** The root and its two moments. */
export function CompareBar({ compare }: { readonly compare: Compare }) {
  return (
    <div class="compare-bar" role="toolbar" aria-label={say("compare_bar")}>
      <span class="compare-field compare-root">
        <span class="dim">{say("compare_root")}</span>
        <RootSelect
          roots={compare.roots.value}
          chosen={compare.root.value}
          label={say("compare_root")}
          onChoose={(root) => root !== null && compare.chooseRoot(root)}
        />
      </span>
      {SIDES.map((side) => (
        <MomentField key={side} compare={compare} side={side} />
      ))}
      <span class="compare-buttons">
        <button
          type="button"
          class="button"
          data-action="swap"
          title={say("compare_swap_why")}
          onClick={compare.swap}
        >
          ⇄ {say("compare_swap")}
        </button>
        <button
          type="button"
          class="button"
          data-action="last"
          title={say("compare_last_why")}
          onClick={compare.compareLast}
        >
          {say("compare_last")}
        </button>
      </span>
    </div>
  );
}
