import type { Signal } from "@preact/signals";
import type { EntryView } from "../../../bridge/timeline-view";
import { changesOf, type EntryChanges } from "../../model/timeline-change";
import type { UnfoldingModel } from "../../model/unfolding";
import { say } from "../../text/say";
import { FrameBody } from "../FrameBody";
import { Tabs } from "../Tabs";
import { ChangeList } from "./ChangeList";

const PARTS = ["changes", "frame"] as const;
export type EntryPart = (typeof PARTS)[number];

type EntryBodyProps = {
  readonly view: EntryView;
  readonly part: Signal<EntryPart>;
  readonly unfolding: UnfoldingModel;
};

/** What an envelope changed, and its frame; of anything else its frame. */
export function EntryBody({ view, part, unfolding }: EntryBodyProps) {
  const changes = changesOf(view.diff);
  if (changes === null) return <FrameBody key={view.seq} view={view.event} unfolding={unfolding} />;
  return (
    <div class="entry-body">
      <Tabs
        id="entry"
        label={say("timeline_body")}
        names={PARTS}
        chosen={part.value}
        onChoose={(name) => {
          part.value = name;
        }}
        render={(name) => (
          <>
            {say(`timeline_tab_${name}`)} {name === "changes" && <Count changes={changes} />}
          </>
        )}
      />
      <div class="entry-part" role="tabpanel" id="entry-panel" aria-labelledby={`entry-tab-${part.value}`}>
        {part.value === "changes" ? (
          <ChangeList changes={changes} />
        ) : (
          <FrameBody key={view.seq} view={view.event} unfolding={unfolding} />
        )}
      </div>
    </div>
  );
}

function Count({ changes }: { readonly changes: EntryChanges }) {
  if (changes.kind === "refused" || changes.changes.length === 0) return null;
  return (
    <span class="badge">
      {changes.changes.length.toLocaleString()}
      {changes.more && "+"}
    </span>
  );
}
