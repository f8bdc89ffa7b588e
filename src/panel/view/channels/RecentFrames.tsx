import type { Row } from "../../../bridge/view";
import { say } from "../../text/say";
import { formatBytes, formatTime } from "../format";
import { FRAME_SIGNS } from "../frame-signs";
import { Sentence } from "../Notice";
import { SafeText } from "../SafeText";

type RecentFramesProps = {
  readonly rows: readonly Row[];
  readonly onShow: (seq: number) => void;
  readonly onAll: () => void;
};

/** The newest frames of a channel, newest first; each leads to its place among all frames. */
export function RecentFrames({ rows, onShow, onAll }: RecentFramesProps) {
  if (rows.length === 0) return <Sentence text={say("channels_no_recent")} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <div class="scroller" tabIndex={0}>
      <ol class="recent-list">
        {rows.map((row) => (
          <li key={row.seq} data-type={row.type}>
            <span class="dim recent-time">{formatTime(row.t)}</span>
            <span class="cell-direction" role="img" aria-label={say(`frames_type_${row.type}`)}>
              {FRAME_SIGNS[row.type]}
            </span>
            <button
              type="button"
              class="link recent-event"
              data-seq={row.seq}
              onClick={() => onShow(row.seq)}
            >
              <SafeText text={row.event ?? say(`frames_type_${row.type}`)} />
            </button>
            <span class="dim recent-size">{formatBytes(row.size)}</span>
            <span class="recent-summary">
              <SafeText text={row.summary} />
            </span>
          </li>
        ))}
      </ol>
      <p class="list-cut">
        <button type="button" class="link" data-action="show-in-frames" onClick={onAll}>
          {say("channels_show_in_frames")}
        </button>
      </p>
    </div>
  );
}
