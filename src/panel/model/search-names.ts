import type { OverviewView } from "../../bridge/view";
import type { SearchResult } from "./search-result";

/** The roots, channels and connections in whose names a text is, in whatever case. */
export function findNames(overview: OverviewView | null, text: string): readonly SearchResult[] {
  const wanted = text.toLowerCase();
  const has = (...names: readonly string[]): boolean =>
    names.some((name) => name.toLowerCase().includes(wanted));
  return (overview?.connections ?? []).flatMap(({ id, endpoint, roots, channels }): SearchResult[] => [
    ...roots
      .filter(({ key, module, caller_id }) => has(key.root_id, module, caller_id))
      .map(({ key, module }): SearchResult => {
        const place = { kind: "store", root: key, store_id: [] } as const;
        const detail = key.root_id;
        return {
          key: JSON.stringify(["root", id, key.topic, key.root_id]),
          kind: "root",
          label: module,
          detail,
          place,
        };
      }),
    ...channels
      .filter(({ topic }) => has(topic))
      .map(({ topic }): SearchResult => {
        const place = { kind: "channel", connection: id, topic } as const;
        return {
          key: JSON.stringify(["channel", id, topic]),
          kind: "channel",
          label: topic,
          detail: endpoint,
          place,
        };
      }),
    ...(has(endpoint)
      ? [
          {
            ...({ key: `connection ${id}`, kind: "connection", label: endpoint, detail: "" } as const),
            place: { kind: "connection", connection: id } as const,
          },
        ]
      : []),
  ]);
}
