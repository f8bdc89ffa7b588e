import type { ComponentChildren } from "preact";
import type { Panel } from "../../model/panel";
import { say } from "../../text/say";

type SeqLinkProps = {
  readonly panel: Pick<Panel, "goTo">;
  readonly seq: number;
  /** In a row of a grid the keyboard is the grid's. */
  readonly inGrid?: boolean;
  /** In place of the event's number. */
  readonly children?: ComponentChildren;
};

/** Leads to an event in the timeline. */
export function SeqLink({ panel, seq, inGrid = false, children }: SeqLinkProps) {
  return (
    <button
      type="button"
      class="link"
      tabIndex={inGrid ? -1 : 0}
      title={say("store_show_event", String(seq))}
      data-event-link={seq}
      onClick={(event) => {
        event.stopPropagation();
        panel.goTo({ kind: "event", in: "timeline", seq });
      }}
    >
      {children ?? `#${seq}`}
    </button>
  );
}
