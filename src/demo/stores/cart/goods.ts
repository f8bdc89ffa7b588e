import { type TaskError, taskError } from "../../../server/musubi/async";
import type { Pause } from "../pause";

export type Good = {
  readonly sku: string;
  readonly name: string;
  /** In cents; null where nobody knows the price. */
  readonly cents: number | null;
  readonly stock: number;
  /** How long the price takes. */
  readonly ms: number;
};

export const GOODS: readonly Good[] = [
  { sku: "rice", name: "Rice", cents: 340, stock: 20, ms: 400 },
  { sku: "nori", name: "Nori", cents: 295, stock: 8, ms: 900 },
  { sku: "tea", name: "Green tea", cents: 780, stock: 5, ms: 2_000 },
  { sku: "durian", name: "Durian", cents: null, stock: 3, ms: 1_200 },
  { sku: "eggs", name: "Eggs", cents: 310, stock: 0, ms: 300 },
];

/** Null for what is not sold here. */
export function findGood(sku: string): Good | null {
  return GOODS.find((good) => good.sku === sku) ?? null;
}

/** Asks for a price, in cents, as if it came from far away. There may be none. */
export async function askPrice(sku: string, wait: Pause, signal: AbortSignal): Promise<number | TaskError> {
  const good = findGood(sku);
  await wait(good?.ms ?? 0, signal);
  return good?.cents ?? taskError("no supplier has a price");
}
