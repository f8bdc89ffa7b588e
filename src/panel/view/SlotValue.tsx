import type { Slot, UploadFile } from "../model/slots";
import { say, sayCount } from "../text/say";
import { SafeText } from "./SafeText";

type SlotValueProps = {
  readonly slot: Exclude<Slot, { kind: "list" }>;
  /** The field that the slot stands in. */
  readonly name: string | null;
};

/** What stands in a store's slot: a stream, an upload, or one of its files. What it holds unfolds below. */
export function SlotValue({ slot, name }: SlotValueProps) {
  switch (slot.kind) {
    case "stream":
    case "upload":
      return (
        <>
          <span class="chip" data-value data-marker={slot.kind} data-slot={slot.name}>
            {wordsOf(slot)}
          </span>
          {slot.name !== name && (
            <span class="slot-name" title={say("json_slot")}>
              <SafeText text={slot.name} />
            </span>
          )}
        </>
      );
    case "file":
      return <FileValue file={slot} />;
  }
}

function wordsOf(slot: Exclude<SlotValueProps["slot"], { kind: "file" }>): string {
  if (slot.kind === "stream") return say("json_stream_of", slot.total);
  return slot.files === 0 ? say("json_upload_none") : sayCount("json_upload_of", slot.files);
}

function FileValue({ file: { name, status, progress } }: { readonly file: UploadFile }) {
  return (
    <span class="file" data-value data-marker="file" data-status={status}>
      <span class="json-string">
        <SafeText text={name} />
      </span>
      <progress max={100} value={Math.max(0, Math.min(100, progress))} aria-label={status} />
      <span class="file-progress">{say("json_progress", Math.round(progress))}</span>
      <span class="chip" data-status={MOOD.get(status)}>
        <SafeText text={status} />
      </span>
    </span>
  );
}

/** The statuses that look like those of an async value; any other looks like none. */
const MOOD: ReadonlyMap<string, string> = new Map([
  ["uploading", "loading"],
  ["error", "failed"],
]);
