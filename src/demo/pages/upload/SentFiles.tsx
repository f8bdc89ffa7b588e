import { formatBytes } from "./bytes";
import { isUnderWay, type SentFile } from "./use-uploads";

/** The files on their way, each with its progress and a way to take it back. */
export function SentFiles({ files }: { readonly files: readonly SentFile[] }) {
  return (
    <ul class="rows" data-show="files">
      {files.map(({ key, entry, cancel }) => (
        <li key={key} class="file" data-file={entry.name} data-status={entry.status}>
          <span class="grow file-name">
            {entry.name} <span class="quiet">{formatBytes(entry.size)}</span>
          </span>
          <span class="chip" data-status={entry.status}>
            {entry.error === null ? entry.status : (entry.error.message ?? entry.error.code)}
          </span>
          {isUnderWay(entry) && (
            <button
              type="button"
              class="icon"
              data-action="cancel"
              aria-label={`Cancel ${entry.name}`}
              onClick={cancel}
            >
              ×
            </button>
          )}
          <progress max={100} value={entry.progress} aria-label={`Progress of ${entry.name}`}>
            {entry.progress} %
          </progress>
        </li>
      ))}
    </ul>
  );
}
