import { listAt, numberAt, textAt } from "../../../client/field";
import type { UsedRoot } from "../roots/use-root";
import { formatBytes } from "./bytes";

/** What the server has taken out of its uploads. */
export function StoredFiles({ root }: { readonly root: UsedRoot }) {
  const snapshot = root.snapshot.value;
  const stored = snapshot === null || snapshot === "failed" ? [] : listAt(snapshot.data, "stored");
  return (
    <section class="card" aria-labelledby="stored-title">
      <h2 id="stored-title">Stored files</h2>
      <ul class="rows" data-show="stored">
        {stored.map((file) => (
          <li key={textAt(file, "key")}>
            <span class="grow file-name">{textAt(file, "name")}</span>
            <span class="quiet">
              {formatBytes(numberAt(file, "size"))}, {textAt(file, "from")}
            </span>
            <button
              type="button"
              class="icon"
              data-command="forget"
              aria-label={`Forget ${textAt(file, "name")}`}
              onClick={() => void root.send([], "forget", { key: textAt(file, "key") })}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      {stored.length === 0 && <p class="quiet">Nothing yet. Upload something, then store it.</p>}
    </section>
  );
}
