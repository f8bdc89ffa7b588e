import type { RootView } from "../../../bridge/view";
import type { Compare } from "../../model/compare";
import { SIDES } from "../../model/compare";
import { safeString } from "../../model/safe-text";
import { rootKeyOf } from "../../model/store-key";
import { say } from "../../text/say";
import { MomentField } from "./MomentField";

/** The root and its two moments. */
export function CompareBar({ compare }: { readonly compare: Compare }) {
  return (
    <div class="compare-bar" role="toolbar" aria-label={say("compare_bar")}>
      <RootSelect compare={compare} />
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

function RootSelect({ compare }: { readonly compare: Compare }) {
  const roots = compare.roots.value;
  const root = compare.root.value;
  return (
    <label class="compare-field compare-root">
      <span class="dim">{say("compare_root")}</span>
      <select
        class="select"
        data-action="root"
        value={root === null ? "" : rootKeyOf(root)}
        onChange={(event) => {
          const chosen = roots.find(({ key }) => rootKeyOf(key) === event.currentTarget.value);
          if (chosen !== undefined) compare.chooseRoot(chosen.key);
        }}
      >
        {roots.map((one) => (
          <option key={rootKeyOf(one.key)} value={rootKeyOf(one.key)}>
            {nameOf(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

function nameOf({ module, caller_id, key }: RootView): string {
  return safeString(caller_id === "" ? key.root_id : `${module} ${caller_id}`);
}
