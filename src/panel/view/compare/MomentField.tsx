import { useId } from "preact/hooks";
import type { Compare, Side } from "../../model/compare";
import { say } from "../../text/say";
import { VersionChooser } from "./VersionChooser";

type MomentFieldProps = { readonly compare: Compare; readonly side: Side };

/** One side's moment: the number of an event as it is typed, or chosen from a list. */
export function MomentField({ compare, side }: MomentFieldProps) {
  const id = useId();
  const seq = compare[side].value;
  return (
    <span class="compare-field" data-side={side}>
      <label class="dim" for={id}>
        {say(`compare_${side}`)}
      </label>
      <span class="moment-field">
        <span class="dim" aria-hidden="true">
          #
        </span>
        <input
          id={id}
          type="text"
          inputmode="numeric"
          class="filter moment-number"
          data-action={side}
          aria-label={say(`compare_${side}_event`)}
          title={say("compare_event")}
          value={seq === null ? "" : String(seq)}
          onChange={(event) => {
            const typed = readSeq(event.currentTarget.value);
            if (typed === null) event.currentTarget.value = seq === null ? "" : String(seq);
            else compare.set(side, typed);
          }}
        />
      </span>
      <VersionChooser compare={compare} side={side} />
    </span>
  );
}

/** As long as every number of an event may be; null: it is none. */
const SEQ = /^#?(\d{1,15})$/;

function readSeq(text: string): number | null {
  const digits = SEQ.exec(text.trim())?.[1];
  return digits === undefined ? null : Number(digits);
}
