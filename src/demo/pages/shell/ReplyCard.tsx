import type { ReadonlySignal } from "@preact/signals";
import type { LogEntry } from "./reply-log";

/** The card at the end of a page that says what became of its commands. */
export function ReplyCard({ entries }: { readonly entries: ReadonlySignal<readonly LogEntry[]> }) {
  return (
    <section class="card" aria-labelledby="log-title">
      <h2 id="log-title">Replies and errors</h2>
      <div role="log" aria-labelledby="log-title">
        {entries.value.length === 0 && <p class="quiet">Nothing yet: press a button.</p>}
        <ol id="reply-log">
          {entries.value.map(({ key, kind, text }) => (
            <li key={key} data-kind={kind}>
              {text}
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
