import type { MomentModel } from "../../model/moment";
import { SPEEDS } from "../../model/playback";
import { say } from "../../text/say";
import { Icon } from "../Icon";

/** Plays the session as a film, and how fast. */
export function PlayControls({ moment }: { readonly moment: MomentModel }) {
  const isPlaying = moment.playback.isPlaying.value;
  const speed = moment.speed.value;
  return (
    <>
      <button
        type="button"
        class="icon-button"
        data-action="moment-play"
        aria-label={say(isPlaying ? "moment_stop" : "moment_play")}
        title={say(isPlaying ? "moment_stop_why" : "moment_play_why")}
        onClick={isPlaying ? moment.playback.stop : moment.play}
      >
        <Icon name={isPlaying ? "stop" : "play"} />
      </button>
      <select
        class="moment-choice"
        data-action="moment-speed"
        aria-label={say("moment_speed")}
        value={String(speed)}
        onChange={({ currentTarget }) => {
          moment.speed.value = SPEEDS.find((one) => String(one) === currentTarget.value) ?? speed;
        }}
      >
        {SPEEDS.map((one) => (
          <option key={one} value={String(one)}>
            {say("moment_speed_times", one)}
          </option>
        ))}
      </select>
    </>
  );
}
