import { useSignal } from "@preact/signals";
import type { EventView } from "../../bridge/view";
import type { UnfoldingModel } from "../model/unfolding";
import { say } from "../text/say";
import { CopyButton } from "./CopyButton";
import { FrameHex } from "./FrameHex";
import { JsonPane } from "./JsonPane";
import { Sentence } from "./Notice";
import { SafeText } from "./SafeText";
import { Tabs } from "./Tabs";

const BODIES = ["payload", "raw"] as const;
type Body = (typeof BODIES)[number];

/** Characters of raw text that show before a person asks for all. */
const MAX_RAW_SHOWN = 20_000;

/** The content of an event: its payload as a tree, and its text. */
export function FrameBody({
  view,
  unfolding,
}: {
  readonly view: EventView;
  readonly unfolding: UnfoldingModel;
}) {
  const isDecoded = view.row?.topic != null;
  const isBinary = view.encoding === "base64";
  // What is binary in a frame has no place in its payload.
  const chosen = useSignal<Body>(isDecoded && !isBinary ? "payload" : "raw");
  return (
    <div class="frame-body">
      <Tabs
        id="body"
        label={say("frames_details")}
        names={BODIES}
        chosen={chosen.value}
        onChoose={(name) => {
          chosen.value = name;
        }}
        render={(name) => say(`frames_${name}`)}
      />
      <div class="frame-content" role="tabpanel" id="body-panel" aria-labelledby={`body-tab-${chosen.value}`}>
        {chosen.value === "raw" && (isBinary ? <FrameHex view={view} /> : <Raw view={view} />)}
        {chosen.value === "payload" && !isDecoded && <Sentence text={say("frames_no_payload")} />}
        {chosen.value === "payload" && isDecoded && (
          <JsonPane name="payload" label={say("frames_payload")} value={view.payload} unfolding={unfolding} />
        )}
      </div>
    </div>
  );
}

function Raw({ view }: { readonly view: EventView }) {
  const isWhole = useSignal(false);
  const shown = isWhole.value ? view.raw : view.raw.slice(0, MAX_RAW_SHOWN);
  return (
    <section class="raw">
      <div class="json-bar">
        {view.raw_length > view.raw.length && (
          <span class="dim">{say("frames_raw_cut", view.raw.length, view.raw_length)}</span>
        )}
        <span class="gap" />
        <CopyButton name="copy-raw" label={say("frames_copy_raw")} text={() => view.raw} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <pre class="scroller" data-raw tabIndex={0}>
        <SafeText text={shown} />
        {shown.length < view.raw.length && (
          <button
            type="button"
            class="link"
            onClick={() => {
              isWhole.value = true;
            }}
          >
            {say("json_show_all", view.raw.length)}
          </button>
        )}
      </pre>
    </section>
  );
}
