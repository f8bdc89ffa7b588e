/** How many places at the beginning of a list pass a test that no later one passes. Found by halving. */
export function countPassing(length: number, passes: (place: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
