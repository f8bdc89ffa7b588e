/** What the load is: the numbers that the reference server has to bear on one process. */
export type LoadPlan = {
  readonly sockets: number;
  readonly rootsPerSocket: number;
  /** Of all roots together, in a second. */
  readonly envelopesPerSecond: number;
  readonly seconds: number;
  /** The last of these are spent with clients that misbehave beside the others. */
  readonly badSeconds: number;
  /** How long the same bytes are sent by `ws` alone, for comparison. */
  readonly bareSeconds: number;
};

export const FULL_LOAD: LoadPlan = {
  sockets: 1_000,
  rootsPerSocket: 5,
  envelopesPerSecond: 10_000,
  seconds: 60,
  badSeconds: 15,
  bareSeconds: 10,
};

/** `--seconds N` shortens the load, to try the bench itself. A string says what is wrong. */
export function readPlan(args: readonly string[]): LoadPlan | string {
  if (args.length === 0) return FULL_LOAD;
  const [option, value = ""] = args;
  const seconds = Number(value);
  const isUsable = option === "--seconds" && args.length === 2 && Number.isInteger(seconds) && seconds >= 4;
  if (!isUsable) return "usage: npm run bench:server [-- --seconds N], N being 4 or more";
  return { ...FULL_LOAD, seconds, badSeconds: Math.ceil(seconds / 4), bareSeconds: Math.ceil(seconds / 6) };
}
