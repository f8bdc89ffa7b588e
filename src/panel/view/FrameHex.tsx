import { useMemo } from "preact/hooks";
import type { EventView } from "../../bridge/view";
import { bytesOf, countLines, hexLine, toHex } from "../model/hex";
import { say, sayCount } from "../text/say";
import { CopyButton } from "./CopyButton";
import { Sentence } from "./Notice";
import { VirtualList } from "./VirtualList";

/** As in the style sheet. CSS pixels. */
const ROW_HEIGHT = 20;

/** The bytes of a binary frame, as hexadecimal digits and as characters. */
export function FrameHex({ view }: { readonly view: EventView }) {
  const { raw, raw_length } = view;
  const bytes = useMemo(() => bytesOf(raw), [raw]);
  if (bytes === null) return <Sentence text={say("frames_bad_base64")} />;
  return (
    <section class="raw">
      <div class="json-bar">
        <span class="dim">
          {raw_length > raw.length
            ? say("frames_raw_cut", raw.length, raw_length)
            : sayCount("frames_bytes", bytes.length)}
        </span>
        <span class="gap" />
        <CopyButton name="copy-hex" label={say("frames_copy_hex")} text={() => toHex(bytes)} />
        <CopyButton name="copy-raw" label={say("frames_copy_raw")} text={() => raw} />
      </div>
      <VirtualList
        total={countLines(bytes)}
        rowHeight={ROW_HEIGHT}
        attributes={{
          ...{ class: "hex-list", tabIndex: 0, role: "group", "aria-label": say("frames_hex") },
          ...{ "data-raw": "", "data-hex": "" },
        }}
        render={({ first, count }) =>
          Array.from({ length: count }, (_, offset) => hexLine(bytes, first + offset)).map((line) => (
            <div key={line.offset} class="hex-line">
              <span class="dim">{line.offset}</span>
              <span class="hex-digits">{line.hex}</span>
              <span class="hex-text">{line.text}</span>
            </div>
          ))
        }
      />
    </section>
  );
}
