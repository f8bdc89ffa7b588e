import { ROWS_ONLY } from "../../bridge/view";
import type { Frames } from "../model/frames";
import { say, sayCount } from "../text/say";

/** What the list of frames shows: the filter, heartbeats, whether it follows. */
export function FrameBar({ frames, events }: { readonly frames: Frames; readonly events: number }) {
  const filter = frames.filter.value;
  const isFollowing = frames.following.value;
  const total = frames.window.value?.total ?? 0;
  return (
    <div class="frame-bar" role="toolbar" aria-label={say("frames_list")}>
      <input
        type="search"
        class="filter"
        data-action="filter"
        placeholder={say("frames_filter")}
        aria-label={say("frames_filter")}
        value={filter.text}
        onInput={(event) => frames.setFilter({ ...filter, text: event.currentTarget.value })}
      />
      <Only frames={frames} />
      <label class="check">
        <input
          type="checkbox"
          data-action="heartbeats"
          checked={filter.heartbeats}
          onChange={(event) => frames.setFilter({ ...filter, heartbeats: event.currentTarget.checked })}
        />
        {say("frames_heartbeats")}
      </label>
      <span class="frame-count">
        {total === events ? sayCount("frames_rows", total) : say("frames_rows_of", total, events)}
      </span>
      <button
        type="button"
        class="button"
        data-action="follow"
        aria-pressed={isFollowing}
        title={say("frames_follow_why")}
        onClick={() => frames.follow(!isFollowing)}
      >
        {say("frames_follow")}
      </button>
    </div>
  );
}

/** Which events are listed: all, frames, or those of one direction. */
function Only({ frames }: { readonly frames: Frames }) {
  const { only, ...rest } = frames.filter.value;
  return (
    <select
      class="select"
      data-action="only"
      aria-label={say("frames_only")}
      value={only ?? "all"}
      onChange={({ currentTarget: { value } }) => {
        const chosen = ROWS_ONLY.find((name) => name === value);
        frames.setFilter(chosen === undefined ? rest : { ...rest, only: chosen });
      }}
    >
      <option value="all">{say("frames_only_all")}</option>
      {ROWS_ONLY.map((name) => (
        <option key={name} value={name}>
          {say(`frames_only_${name}`)}
        </option>
      ))}
    </select>
  );
}
