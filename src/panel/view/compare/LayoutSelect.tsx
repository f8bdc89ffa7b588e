import type { Compare } from "../../model/compare";
import type { Layout } from "../../model/comparison-lines";
import { say } from "../../text/say";

const LAYOUTS = ["auto", "unified", "beside"] as const;

/** Whether the two sides stand under or beside one another. */
export function LayoutSelect({ compare }: { readonly compare: Compare }) {
  return (
    <select
      class="select"
      data-action="layout"
      aria-label={say("compare_layout")}
      title={say("compare_layout")}
      value={compare.layout.value ?? "auto"}
      onChange={(event) => compare.setLayout(readLayout(event.currentTarget.value))}
    >
      {LAYOUTS.map((layout) => (
        <option key={layout} value={layout}>
          {say(`compare_layout_${layout}`)}
        </option>
      ))}
    </select>
  );
}

function readLayout(value: string): Layout | null {
  return value === "unified" || value === "beside" ? value : null;
}
