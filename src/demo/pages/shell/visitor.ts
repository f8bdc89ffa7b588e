/** Whoever sits at this tab: another tab is another visitor, a reload is not. */
export type Visitor = { readonly id: string; readonly name: string };

const KEY = "musubi-demo:visitor";

const NAMES = ["Ada", "Grace", "Alan", "Barbara", "Edsger", "Frances", "Donald", "Radia", "Tim", "Margaret"];

/** The visitor of this tab, made up the first time. */
export function readVisitor(): Visitor {
  const kept = readKept();
  if (kept !== null) return kept;
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
  return keepVisitor({ id: `v${number.toString(36)}`, name: NAMES[number % NAMES.length] ?? "Ada" });
}

export function keepVisitor(visitor: Visitor): Visitor {
  sessionStorage.setItem(KEY, JSON.stringify(visitor));
  return visitor;
}

function readKept(): Visitor | null {
  const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  if (typeof kept !== "object" || kept === null || !("id" in kept && "name" in kept)) return null;
  const { id, name } = kept;
  return typeof id === "string" && typeof name === "string" ? { id, name } : null;
}
