import { useSignal } from "@preact/signals";
import type { RootKey } from "../../bridge/root-key";
import type { RootView } from "../../bridge/view";
import { listRoots, MAX_LISTED_ROOTS } from "../model/root-list";
import { rootName, shortRoot } from "../model/root-name";
import { safeString } from "../model/safe-text";
import { rootKeyOf } from "../model/store-key";
import { say, sayCount } from "../text/say";

type RootSelectProps = {
  readonly roots: readonly RootView[];
  /** Null: all of them, or none. It may be of a root that is not there. */
  readonly chosen: RootKey | null;
  readonly label: string;
  /** What the choice of all roots is called; undefined: one is to be chosen. */
  readonly all?: string;
  readonly onChoose: (root: RootKey | null) => void;
};

/** A choice among the roots of a page, of which there may be thousands. */
export function RootSelect({ roots, chosen, label, all, onChoose }: RootSelectProps) {
  const typed = useSignal("");
  const isLong = roots.length > MAX_LISTED_ROOTS;
  // What was typed into a field that is gone leaves nothing out.
  const { listed, more, unlisted } = listRoots(roots, chosen, isLong ? typed.value : "");
  return (
    <>
      {isLong && (
        <input
          type="search"
          class="filter root-filter"
          data-action="find-root"
          placeholder={say("root_find")}
          aria-label={say("root_find")}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
        />
      )}
      <select
        class="select"
        data-action="root"
        aria-label={label}
        title={label}
        value={chosen === null ? "" : rootKeyOf(chosen)}
        onChange={({ currentTarget }) =>
          onChoose(roots.find(({ key }) => rootKeyOf(key) === currentTarget.value)?.key ?? null)
        }
      >
        {all !== undefined && <option value="">{all}</option>}
        {unlisted !== null && (
          <option value={rootKeyOf(unlisted.key)}>
            {unlisted.root === null
              ? say("root_gone", safeString(shortRoot(unlisted.key.root_id)))
              : safeString(rootName(unlisted.root))}
          </option>
        )}
        {listed.map((root) => (
          <option key={rootKeyOf(root.key)} value={rootKeyOf(root.key)}>
            {safeString(rootName(root))}
          </option>
        ))}
        {more > 0 && <option disabled={true}>{sayCount("root_more", more)}</option>}
      </select>
    </>
  );
}
