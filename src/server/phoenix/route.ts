import type { Assigns, Channel } from "./channel";
import { type ChannelContext, type RunningChannel, startChannel } from "./channel-process";

/** One line of a socket's route table: which topics go to which channel. */
export type Route = {
  readonly pattern: string;
  readonly matches: (topic: string) => boolean;
  readonly start: (context: ChannelContext) => RunningChannel;
};

/**
 * Routes topics to `channel`. A pattern is a whole topic (`"lobby"`) or a prefix that ends in `*`
 * (`"room:*"`); a star anywhere else is a mistake of whoever declares the socket, and throws.
 */
export function route<Own extends Assigns>(pattern: string, channel: Channel<Own>): Route {
  const star = pattern.indexOf("*");
  if (star !== -1 && star !== pattern.length - 1) {
    throw new Error(`The topic pattern "${pattern}" has a star before its end. Only a last star is allowed.`);
  }
  const prefix = pattern.slice(0, star);
  return {
    pattern,
    matches: star === -1 ? (topic) => topic === pattern : (topic) => topic.startsWith(prefix),
    start: (context) => startChannel(channel, context),
  };
}

/** The first route that matches; null leads to the "unmatched topic" reply (wire.md 1.4). */
export function findRoute(routes: readonly Route[], topic: string): Route | null {
  return routes.find((candidate) => candidate.matches(topic)) ?? null;
}
