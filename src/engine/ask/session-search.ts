import type { Content } from "../content/draft";
import type { Engine } from "../engine";
import type { RootKey } from "../live";
import type { Answer, RootHit } from "./answer";
import type { Asked } from "./asked";
import { findRoot, rootsOf } from "./named-root";
import { contentAt } from "./place";
import type { Question } from "./question";
import { noSuchRoot, nothingThere, truncated } from "./refused";
import { type ContentSearch, createContentSearch, MAX_SEARCH_HITS } from "./search";
import { createTextMatch, type TextMatch } from "./text-match";

type SearchQuestion = Extract<Question, { readonly kind: "search" }>;

/** A search in one root, or in all that were there: it finds what they held, whatever comes while it is worked off. */
export function createSessionSearch(
  engine: Engine,
  { query, root: name, seq = engine.seq }: SearchQuestion,
): Asked | Answer {
  const match = createTextMatch(query);
  if (!match.ok) return { kind: "refused", ...match.failure };
  if (name !== undefined && findRoot(engine, name) === undefined) {
    return noSuchRoot(name, rootsOf(engine, undefined));
  }
  const held: Held[] = [];
  for (const { root } of rootsOf(engine, name)) {
    // One that came later held nothing then, and its history of then was never there to be let go.
    if (root.seq > seq) continue;
    const content = contentAt(root, seq);
    if (content === "truncated") return truncated(seq);
    held.push({ key: root.key, content });
  }
  return name !== undefined && held.length === 0 ? nothingThere(seq) : searchAll(held, match.value);
}

/** What a root held. */
type Held = { readonly key: RootKey; readonly content: Content };

function searchAll(roots: readonly Held[], match: TextMatch): Asked {
  const hits: RootHit[] = [];
  let more = false;
  let at = 0;
  let search = begin();

  function begin(): ContentSearch | null {
    const root = roots[at];
    return root === undefined
      ? null
      : createContentSearch(root.content, match, MAX_SEARCH_HITS - hits.length);
  }

  function take({ found }: ContentSearch): void {
    const key = roots[at]?.key;
    const { hits: own, more: isCut } = found();
    if (key !== undefined) for (const hit of own) hits.push({ ...hit, ...key });
    more ||= isCut;
  }

  return {
    left: () => (search === null ? 0 : search.left() + roots.length - at),
    extend(most) {
      if (search === null) return;
      search.extend(most);
      if (search.left() > 0) return;
      take(search);
      at++;
      search = begin();
    },
    answer: () => ({ kind: "search", hits, more }),
  };
}
