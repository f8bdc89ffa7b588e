import { defineStore } from "../../../server/musubi/define-store";
import { broadcast, subscribe } from "../../../server/musubi/pubsub";
import { assign } from "../../../server/musubi/socket";
import { reply, type Store } from "../../../server/musubi/store";
import { requireString } from "../../../server/payload";
import { requireStrings } from "../params";
import { POLLS_TOPIC, PollChanged } from "./poll-store";
import type { Polls } from "./polls";

type PollLine = {
  readonly id: string;
  readonly question: string;
  readonly open: boolean;
  readonly total: number;
};

type ListAssigns = { readonly polls: readonly PollLine[] };

/** All polls, and the way to another one. */
export function definePollListStore(polls: Polls): Store {
  const lines = (): readonly PollLine[] =>
    polls.list().map(({ id, question, open, votes }) => ({ id, question, open, total: votes.size }));

  return defineStore<ListAssigns>({
    module: "Demo.PollListStore",
    root: true,
    mount: (_params, socket) => assign(subscribe(socket, POLLS_TOPIC), { polls: lines() }),
    render: ({ assigns }) => ({ polls: assigns.polls }),
    handleInfo: (message, socket) =>
      message instanceof PollChanged ? assign(socket, { polls: lines() }) : socket,
    commands: {
      open_poll: (payload, socket) => {
        const opened = polls.open(requireString(payload, "question"), requireStrings(payload, "options"));
        if (opened.kind === "no") return reply(socket, { ok: false, reason: opened.reason });
        const { id } = opened.poll;
        return reply(broadcast(socket, POLLS_TOPIC, new PollChanged(id)), { id });
      },
    },
  });
}
