import type { Assigns } from "./assigns";
import type { Channel } from "./channel";
import { startChannel } from "./connection/channel-process";
import type { ChannelContext, RunningChannel } from "./connection/running-channel";

/** One line of a socket's route table: which topics go to which channel. */
export type Route = {
  readonly pattern: string;
  readonly matches: (topic: string) => boolean;
  readonly start: (context: ChannelContext) => RunningChannel;
};

type RouteOptions = {
  /** Merged into the socket's assigns on join. */
  readonly assigns?: Assigns;
};

/**
 * Routes topics to `channel`. A pattern is a whole topic (`"lobby"`) or a prefix that ends in `:*` (`"room:*"`); a star
 * anywhere else is a mistake of whoever declares the socket, and throws.
 */
export function route<Own extends Assigns>(
  pattern: string,
  channel: Channel<Own>,
  { assigns = {} }: RouteOptions = {},
): Route {
  if (channel.intercept !== undefined && channel.handleOut === undefined) {
    throw new Error(`The channel of "${pattern}" intercepts broadcasts: give it a "handleOut" for them.`);
  }
  return {
    pattern,
    matches: topicMatcher(pattern),
    start: (context) => {
      const { socket } = context;
      const merged = { ...socket, assigns: { ...socket.assigns, ...assigns } };
      return startChannel(channel, { ...context, socket: merged });
    },
  };
}

/** Whether a topic is meant by `pattern`. Throws as `route` does; for custom channels, which make their own routes. */
export function topicMatcher(pattern: string): (topic: string) => boolean {
  const star = pattern.indexOf("*");
  if (star === -1) return (topic) => topic === pattern;
  const prefix = pattern.slice(0, -1);
  if (star !== pattern.length - 1 || !prefix.endsWith(":") || prefix === ":") {
    throw new Error(
      `The topic pattern "${pattern}" has a star that does not end a prefix. Write a whole topic ("lobby"), or a prefix, a colon and a star ("room:*").`,
    );
  }
  return (topic) => topic.startsWith(prefix);
}

/** The first route that matches; null leads to the "unmatched topic" reply (wire.md 1.4). */
export function findRoute(routes: readonly Route[], topic: string): Route | null {
  return routes.find((candidate) => candidate.matches(topic)) ?? null;
}
