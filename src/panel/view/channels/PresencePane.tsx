import { useId } from "preact/hooks";
import type { PresenceView } from "../../../bridge/life-view";
import { gridTarget } from "../../model/grid-keys";
import { type Presence, peopleOf } from "../../model/presence";
import { rowAt } from "../../model/row-window";
import { say, sayCount } from "../../text/say";
import { JsonPane } from "../JsonPane";
import { Sentence } from "../Notice";
import { SafeText } from "../SafeText";
import { VirtualList } from "../VirtualList";

/** As in the style sheet. CSS pixels. */
const ROW_HEIGHT = 20;

/** Who is present on the chosen channel, and the metas of one of them. */
export function PresencePane({ presence }: { readonly presence: Presence }) {
  const view = presence.view.value;
  if (view === null) return <Sentence text={say("channels_loading")} />;
  if (view.told === "none") return <Sentence text={say("channels_people_none")} />;
  if (view.told === "truncated") return <Sentence text={say("channels_people_truncated")} />;
  const hasPerson = presence.person.value !== null;
  return (
    <section class="presence" data-has-person={hasPerson}>
      <div class="presence-bar">
        <input
          type="search"
          class="filter"
          data-action="filter-people"
          placeholder={say("channels_people_filter")}
          aria-label={say("channels_people_filter")}
          value={presence.text.value}
          onInput={(event) => presence.setText(event.currentTarget.value)}
        />
        <span class="frame-count" data-present={view.total}>
          {sayCount("channels_people_count", view.total)}
        </span>
      </div>
      {view.total === 0 ? <Nobody presence={presence} /> : <People presence={presence} view={view} />}
      {hasPerson && <Metas presence={presence} view={view} />}
    </section>
  );
}

function Nobody({ presence }: { readonly presence: Presence }) {
  const isFiltered = presence.text.value.trim() !== "";
  return <Sentence text={say(isFiltered ? "channels_people_no_match" : "channels_people_nobody")} />;
}

type PeopleProps = { readonly presence: Presence; readonly view: PresenceView };

function People({ presence, view }: PeopleProps) {
  const id = useId();
  const { total } = view;
  const row = presence.row.value;

  function onKeyDown(event: KeyboardEvent): void {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const target = isPlain ? gridTarget(event.key, row, total) : null;
    if (target === null) return;
    event.preventDefault();
    presence.moveTo(target);
  }

  return (
    <VirtualList
      total={total}
      rowHeight={ROW_HEIGHT}
      reveal={row}
      onSee={presence.see}
      attributes={{
        ...{ class: "people", role: "listbox", tabIndex: 0, onKeyDown, "aria-label": say("channels_people") },
        "aria-activedescendant": row === null ? undefined : `${id}-${row}`,
      }}
      render={({ first, count }) =>
        Array.from({ length: count }, (_, offset) => first + offset).map((place) => (
          <PersonRow
            key={place}
            id={`${id}-${place}`}
            place={{ place, total }}
            person={rowAt(peopleOf(view), place)}
            chosen={presence.person.value}
            onChoose={() => presence.moveTo(place)}
          />
        ))
      }
    />
  );
}

type PersonRowProps = {
  readonly id: string;
  readonly place: { readonly place: number; readonly total: number };
  /** Undefined: its window has not come yet. */
  readonly person: PresenceView["people"][number] | undefined;
  readonly chosen: string | null;
  readonly onChoose: () => void;
};

function PersonRow({ id, place, person, chosen, onChoose }: PersonRowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the focus and takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the same
    <div
      id={id}
      role="option"
      class="person"
      aria-posinset={place.place + 1}
      aria-setsize={place.total}
      aria-selected={person !== undefined && person.key === chosen}
      data-person={person?.key}
      onClick={onChoose}
    >
      {person === undefined ? (
        <span class="dim">{say("channels_loading")}</span>
      ) : (
        <>
          <span class="person-key">
            <SafeText text={person.key} />
          </span>
          {person.metas !== 1 && <span class="badge">{sayCount("channels_metas", person.metas)}</span>}
          <span class="person-preview">
            <SafeText text={person.preview} />
          </span>
        </>
      )}
    </div>
  );
}

function Metas({ presence, view }: PeopleProps) {
  const { person } = view;
  // Until the answer about another person comes, the one before is still there.
  if (person === null || person.key !== presence.person.value) {
    return <Sentence text={say(person === null ? "channels_person_left" : "channels_loading")} />;
  }
  return (
    <JsonPane
      name="metas"
      label={say("channels_metas_label")}
      title={say("channels_metas_label")}
      value={person.metas}
      unfolding={presence.unfolding}
    />
  );
}
