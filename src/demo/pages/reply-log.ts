/** What became of something that the page asked for; `problem` is what nobody asked for. */
export type LogKind = "ok" | "error" | "problem";

/** Takes what is to be shown to the person at the page. */
export type ReplyLog = (kind: LogKind, what: string, detail: string) => void;

/** The oldest entries beyond this many are dropped. */
const MAX_ENTRIES = 20;

/** A log, newest entry first, in `list`. */
export function createReplyLog(list: HTMLOListElement): ReplyLog {
  return (kind, what, detail) => {
    const entry = document.createElement("li");
    entry.dataset.kind = kind;
    entry.textContent = `${what}: ${detail}`;
    list.prepend(entry);
    while (list.childElementCount > MAX_ENTRIES) list.lastElementChild?.remove();
  };
}
