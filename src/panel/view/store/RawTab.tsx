import { useSignal } from "@preact/signals";
import type { Panel } from "../../model/panel";
import { writeJson } from "../../model/slots";
import { say } from "../../text/say";
import { CopyButton } from "../CopyButton";
import { SafeText } from "../SafeText";

/** Characters that show before a person asks for more, and at the most; all of it can be copied. */
const MAX_SHOWN = 20_000;
const MAX_SHOWN_WHOLE = 200_000;

/** The store's value as JSON, with what its streams and uploads hold in their places. */
export function RawTab({ panel }: { readonly panel: Panel }) {
  const { detail } = panel.stores;
  const isWhole = useSignal(false);
  const text = writeText(detail.view.value?.value ?? null, detail.slots.value);
  const shown = text.slice(0, isWhole.value ? MAX_SHOWN_WHOLE : MAX_SHOWN);
  return (
    <section class="raw" aria-label={say("store_tab_raw")}>
      <div class="json-bar">
        <span class="dim">
          {shown.length < text.length && isWhole.value && say("store_raw_cut", shown.length, text.length)}
        </span>
        <span class="gap" />
        <CopyButton name="copy-json" label={say("store_raw_copy")} text={() => text} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <pre class="scroller" data-raw tabIndex={0}>
        <RawLines text={shown} />
        {shown.length < text.length && !isWhole.value && (
          <button
            type="button"
            class="link"
            onClick={() => {
              isWhole.value = true;
            }}
          >
            {say("store_raw_more", text.length)}
          </button>
        )}
      </pre>
    </section>
  );
}

/** Line ends are the text's own here; anything else that cannot be seen is not. */
function RawLines({ text }: { readonly text: string }) {
  return (
    <>
      {text.split("\n").map((line, index) => (
        <span key={index} class="raw-line">
          <SafeText text={line} />
          {"\n"}
        </span>
      ))}
    </>
  );
}

function writeText(...[value, slots]: Parameters<typeof writeJson>): string {
  try {
    return writeJson(value, slots);
  } catch {
    // Nested deeper than can be written.
    return String(value);
  }
}
