import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { listAt, numberAt } from "../../../client/field";
import type { UploadSource } from "../../../client/upload-source";
import { fieldOf } from "../roots/async-value";
import type { State, UsedRoot } from "../roots/use-root";
import type { ReplyLog } from "../shell/reply-log";
import { formatBytes } from "./bytes";
import { makeFile, slowly } from "./fake-files";
import { SentFiles } from "./SentFiles";
import { useUploads } from "./use-uploads";

type UploadBoxProps = {
  readonly name: "photos" | "archive";
  readonly title: string;
  readonly state: State;
  readonly root: UsedRoot;
  readonly report: ReplyLog;
};

/** Files that one can try, and what becomes of them. */
const SAMPLES = {
  photos: [
    { label: "A photo", name: "photo.png", size: 640_000 },
    { label: "One that is too large", name: "poster.png", size: 2_400_000 },
    { label: "One of a wrong kind", name: "program.exe", size: 1_000 },
  ],
  archive: [
    { label: "A file", name: "notes.txt", size: 240_000 },
    { label: "One that fails", name: "fail.bin", size: 90_000 },
  ],
} as const;

/** One upload of the store: its limits, ways to choose files, and the files on their way. */
export function UploadBox({ name, title, state, root, report }: UploadBoxProps) {
  const id = useId();
  const isSlow = useSignal(true);
  const { files, send, clear } = useUploads(root, name, report);
  const sendAll = (sources: readonly UploadSource[]): void => {
    send(isSlow.peek() ? sources.map(slowly) : sources);
  };
  const store = async (): Promise<void> => {
    await root.send([], "store", { upload: name });
    clear();
  };
  return (
    <section class="stack" aria-labelledby={id} data-upload={name}>
      <h3 id={id}>{title}</h3>
      <Limits slot={fieldOf(state, name)} inChunks={name === "photos"} />
      <DropZone title={title} send={sendAll} />
      <div class="buttons">
        {SAMPLES[name].map((sample) => (
          <button
            key={sample.name}
            type="button"
            data-sample={sample.name}
            onClick={() => sendAll([makeFile(sample.name, sample.size)])}
          >
            {sample.label}
          </button>
        ))}
        {name === "photos" && (
          <label>
            <input
              type="checkbox"
              name="slow"
              checked={isSlow.value}
              onChange={({ currentTarget }) => {
                isSlow.value = currentTarget.checked;
              }}
            />
            Send slowly, to watch
          </label>
        )}
      </div>
      <SentFiles files={files.value} />
      <div class="buttons">
        <button type="button" class="main" data-command="store" onClick={() => void store()}>
          Store the finished files
        </button>
      </div>
    </section>
  );
}

/** What the server allows, as it said in the envelope of the mount. */
function Limits({ slot, inChunks }: { readonly slot: State; readonly inChunks: boolean }) {
  const config = fieldOf(slot, "config");
  const accept = listAt(config, "accept").join(" ");
  const taken = listAt(slot, "entries").length;
  return (
    <p class="quiet" data-show="limits">
      {accept === "" ? "Any kind" : accept}, up to {formatBytes(numberAt(config, "max_file_size"))} each,{" "}
      <span data-show="taken">{taken}</span> of {numberAt(config, "max_entries")} taken
      {inChunks && `, chunks of ${formatBytes(numberAt(config, "chunk_size"))}`}
    </p>
  );
}

type DropZoneProps = {
  readonly title: string;
  readonly send: (files: readonly UploadSource[]) => void;
};

/** A field for files that one can also drop them on. */
function DropZone({ title, send }: DropZoneProps) {
  const isOver = useSignal(false);
  return (
    <label
      class="drop"
      data-over={isOver.value}
      onDragOver={(event) => {
        event.preventDefault();
        isOver.value = true;
      }}
      onDragLeave={() => {
        isOver.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        isOver.value = false;
        send([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <span>
        Drop files here, or choose some<span class="hidden"> for {title}</span>
      </span>
      <input
        type="file"
        multiple
        onChange={({ currentTarget }) => {
          send([...(currentTarget.files ?? [])]);
          currentTarget.value = "";
        }}
      />
    </label>
  );
}
