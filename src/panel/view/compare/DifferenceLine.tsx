import type { ComparedValue } from "../../../engine/ask/comparison";
import { type ComparisonLine, placeOf } from "../../model/comparison-lines";
import { say, sayCount } from "../../text/say";
import { formatStoreId } from "../format";
import { SafeText } from "../SafeText";

type DifferenceLineProps = {
  readonly line: ComparisonLine;
  readonly onMore: () => void;
  readonly onStore: (store_id: readonly string[]) => void;
};

/** The inside of one line of what differs. */
export function DifferenceLine({ line, onMore, onStore }: DifferenceLineProps) {
  switch (line.kind) {
    case "store": {
      const { store_id } = line;
      return (
        <>
          <span class="difference-name">
            <StoreName store_id={store_id} />
          </span>
          <span class="badge">{sayCount("compare_count", line.count)}</span>
          {store_id !== null && (
            <button
              type="button"
              class="link"
              tabIndex={-1}
              data-action="show-store"
              title={say("compare_show_store")}
              onClick={() => onStore(store_id)}
            >
              {say("compare_show_store_word")}
            </button>
          )}
        </>
      );
    }
    case "place":
      return <Place difference={line.difference} isShort={line.isShort} />;
    case "value":
      return <Sides before={line.before} after={line.after} isShort={false} />;
    case "more":
      return (
        <button type="button" class="link" tabIndex={-1} onClick={onMore}>
          {sayCount("compare_hidden", line.hidden)}
        </button>
      );
    case "cut":
      return <span class="dim">{say("compare_cut", line.shown, line.length)}</span>;
  }
}

function StoreName({ store_id }: { readonly store_id: readonly string[] | null }) {
  if (store_id === null) return <>{say("compare_outside")}</>;
  if (store_id.length === 0) return <>{say("compare_root_store")}</>;
  return <SafeText text={formatStoreId(store_id)} />;
}

/** A sign, as colours are not for everybody, and the word for it. */
const OPS = {
  add: ["+", "compare_added"],
  remove: ["−", "compare_removed"],
  replace: ["~", "compare_changed"],
  move: ["↕", "compare_moved_word"],
} as const;

function Place({ difference, isShort }: { readonly difference: ComparedValue; readonly isShort: boolean }) {
  const { op, what, before, after } = difference;
  const [sign, word] = OPS[op];
  const path = placeOf(difference);
  return (
    <>
      <span class="difference-place">
        <span class="difference-sign" data-op={op} title={say(word)}>
          <span aria-hidden="true">{sign}</span>
          <span class="visually-hidden">{say(word)}</span>
        </span>
        {(what === "stream" || what === "upload" || what === "assign") && (
          <span class="chip">{say(`compare_what_${what}`)}</span>
        )}
        <span class="difference-path">
          {what === "store" && say(op === "add" ? "compare_mounted" : "compare_unmounted")}
          {what !== "store" && (path === "" ? say("compare_whole") : <SafeText text={path} />)}
        </span>
      </span>
      {op === "move" && (
        <span class="dim">{say("compare_moved", before?.text ?? "", after?.text ?? "")}</span>
      )}
      {op !== "move" && isShort && (
        <Sides before={before?.text ?? null} after={after?.text ?? null} isShort={true} />
      )}
    </>
  );
}

type SidesProps = {
  readonly before: string | null;
  readonly after: string | null;
  readonly isShort: boolean;
};

/** In a unified layout only the side that is there takes room; a short value's sides stand one after the other. */
function Sides({ before, after, isShort }: SidesProps) {
  return (
    <span class={isShort ? "sides sides-short" : "sides"}>
      <Side name="before" text={before} />
      {isShort && before !== null && after !== null && (
        <span class="sides-arrow dim" aria-hidden="true">
          →
        </span>
      )}
      <Side name="after" text={after} />
    </span>
  );
}

function Side({ name, text }: { readonly name: "before" | "after"; readonly text: string | null }) {
  return (
    <code class="side" data-side-value={text === null ? undefined : name}>
      {text !== null && <SafeText text={text} />}
    </code>
  );
}
