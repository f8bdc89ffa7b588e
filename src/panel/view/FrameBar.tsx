import type { Frames } from "../model/frames";
import { TEXT } from "./text";

/** What the list of frames shows: the filter, heartbeats, whether it follows. */
export function FrameBar({ frames, events }: { readonly frames: Frames; readonly events: number }) {
  const filter = frames.filter.value;
  const isFollowing = frames.following.value;
  return (
    <div class="frame-bar" role="toolbar" aria-label={TEXT.frameList}>
      <input
        type="search"
        class="filter"
        data-action="filter"
        placeholder={TEXT.filter}
        aria-label={TEXT.filter}
        value={filter.text}
        onInput={(event) => frames.setFilter({ ...filter, text: event.currentTarget.value })}
      />
      <label class="check">
        <input
          type="checkbox"
          data-action="heartbeats"
          checked={filter.heartbeats}
          onChange={(event) => frames.setFilter({ ...filter, heartbeats: event.currentTarget.checked })}
        />
        {TEXT.heartbeats}
      </label>
      <span class="frame-count">{TEXT.shownRows(frames.window.value?.total ?? 0, events)}</span>
      <button
        type="button"
        class="button"
        data-action="follow"
        aria-pressed={isFollowing}
        title={TEXT.followWhy}
        onClick={() => frames.follow(!isFollowing)}
      >
        {TEXT.follow}
      </button>
    </div>
  );
}
