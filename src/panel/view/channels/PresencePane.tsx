import type { PresenceView } from "../../../bridge/life-view";
import { type Presence, peopleOf } from "../../model/presence";
import { rowAt } from "../../model/row-window";
import { say, sayCount } from "../../text/say";
import { JsonPane } from "../JsonPane";
import { ListBox } from "../ListBox";
import { Sentence } from "../Notice";
import { SafeText } from "../SafeText";
import { Skeleton } from "../Skeleton";

/** As in the style sheet. CSS pixels. */
const ROW_HEIGHT = 20;

/** Who is present on the chosen channel, and the metas of one of them. */
export function PresencePane({ presence }: { readonly presence: Presence }) {
  const view = presence.view.value;
  if (view === null) return <Skeleton />;
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
      {hasPerson && <Metas presence={presence} />}
    </section>
  );
}

function Nobody({ presence }: { readonly presence: Presence }) {
  const isFiltered = presence.text.value.trim() !== "";
  return <Sentence text={say(isFiltered ? "channels_people_no_match" : "channels_people_nobody")} />;
}

type PeopleProps = { readonly presence: Presence; readonly view: PresenceView };

function People({ presence, view }: PeopleProps) {
  return (
    <ListBox
      class="people"
      label={say("channels_people")}
      total={view.total}
      rowHeight={ROW_HEIGHT}
      lineAt={(row) => rowAt(peopleOf(view), row)}
      row={presence.row.value}
      onMove={presence.moveTo}
      onSee={presence.see}
      optionClass="person"
      optionData={({ key }) => ({ "data-person": key })}
      render={({ key, metas, preview }) => (
        <>
          <span class="person-key">
            <SafeText text={key} />
          </span>
          {metas !== 1 && <span class="badge">{sayCount("channels_metas", metas)}</span>}
          <span class="person-preview">
            <SafeText text={preview} />
          </span>
        </>
      )}
    />
  );
}

function Metas({ presence }: { readonly presence: Presence }) {
  const metas = presence.metas.value;
  if (metas === null) return <Skeleton />;
  if (metas === "left") return <Sentence text={say("channels_person_left")} />;
  return (
    <JsonPane
      name="metas"
      label={say("channels_metas_label")}
      title={say("channels_metas_label")}
      value={metas.value}
      unfolding={presence.unfolding}
    />
  );
}
