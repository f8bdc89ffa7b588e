import { writeKeys } from "../../model/keys";
import { say } from "../../text/say";

/** Names keys as they are on the keyboard of this machine. */
export const IS_MAC = /^Mac|^iP/.test(navigator.platform);

/** The keys of an action; those of a second way apart. */
export function KeyCaps({ keys }: { readonly keys: readonly string[] }) {
  return (
    <span class="key-caps">
      {keys.map((way, at) => (
        <span key={way} class="key-way">
          {at > 0 && <span class="dim"> {say("keys_or")} </span>}
          {writeKeys(way, IS_MAC).map((chord, nth) => (
            <span key={chord}>
              {nth > 0 && <span class="dim"> {say("keys_then")} </span>}
              <kbd>{chord}</kbd>
            </span>
          ))}
        </span>
      ))}
    </span>
  );
}
