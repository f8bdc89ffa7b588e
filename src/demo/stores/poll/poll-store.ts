import { child } from "../../../server/musubi/child";
import { defineStore } from "../../../server/musubi/define-store";
import { broadcast, subscribe } from "../../../server/musubi/pubsub";
import { assign, type MusubiSocket } from "../../../server/musubi/socket";
import { type CommandAnswer, noreply, reply, type Store } from "../../../server/musubi/store";
import { requireString } from "../../../server/payload";
import { readName } from "../params";
import type { Poll, PollAnswer, Polls } from "./polls";

type OptionProps = {
  readonly label: string;
  readonly votes: number;
  readonly share: number;
  readonly mine: boolean;
};

/** One answer of a poll: how many chose it, the share of them in percent, and whether this voter is among them. */
export const PollOptionStore = defineStore({
  module: "Demo.PollOptionStore",
  render: ({ id, assigns: { label, votes, share, mine } }: MusubiSocket<OptionProps>) => ({
    id,
    label,
    votes,
    share,
    mine,
  }),
});

/** What a page shows of a poll: without who voted. */
type PollView = {
  /** Whether there is such a poll. Those of visitors are gone when the server is started anew. */
  readonly found: boolean;
  readonly question: string;
  readonly open: boolean;
  readonly total: number;
  readonly options: readonly (OptionProps & { readonly id: string })[];
};

type PollAssigns = { readonly poll: string; readonly voter: string; readonly view: PollView };

/** Where the change of any poll is told. */
export const POLLS_TOPIC = "demo:polls";

/** What is told there: which poll has changed. */
export class PollChanged {
  readonly poll: string;

  constructor(poll: string) {
    this.poll = poll;
  }
}

/**
 * A poll for one voter. Mount params: `poll`, its id (default "lunch"), and `voter`, a name for whoever votes (default
 * "guest").
 */
export function definePollStore(polls: Polls): Store {
  const view = (id: string, voter: string): PollView => {
    const poll = polls.find(id);
    return poll === null ? NO_POLL : viewPoll(poll, voter);
  };

  function answer(socket: MusubiSocket<PollAssigns>, done: PollAnswer): CommandAnswer<PollAssigns> {
    if (done.kind === "no") return reply(socket, { ok: false, reason: done.reason });
    return noreply(broadcast(socket, POLLS_TOPIC, new PollChanged(done.poll.id)));
  }

  return defineStore<PollAssigns>({
    module: "Demo.PollStore",
    root: true,
    mount: (params, socket) => {
      const poll = readName(params, "poll", "lunch");
      const voter = readName(params, "voter", "guest");
      return assign(subscribe(socket, POLLS_TOPIC), { poll, voter, view: view(poll, voter) });
    },
    render: ({ assigns: { view: shown } }) => ({
      found: shown.found,
      question: shown.question,
      open: shown.open,
      total: shown.total,
      options: shown.options.map((option) => child(PollOptionStore, option)),
    }),
    handleInfo: (message, socket) => {
      const { poll, voter } = socket.assigns;
      if (!(message instanceof PollChanged) || message.poll !== poll) return socket;
      return assign(socket, { view: view(poll, voter) });
    },
    commands: {
      vote: (payload, socket) => {
        const { poll, voter } = socket.assigns;
        return answer(socket, polls.vote(poll, voter, requireString(payload, "option")));
      },
      withdraw: (_payload, socket) => {
        const { poll, voter } = socket.assigns;
        return answer(socket, polls.vote(poll, voter, null));
      },
      close: (_payload, socket) => answer(socket, polls.setOpen(socket.assigns.poll, false)),
      reopen: (_payload, socket) => answer(socket, polls.setOpen(socket.assigns.poll, true)),
    },
  });
}

const NO_POLL: PollView = { found: false, question: "", open: false, total: 0, options: [] };

function viewPoll({ question, open, options, votes }: Poll, voter: string): PollView {
  const chosen = [...votes.values()];
  const total = chosen.length;
  return {
    found: true,
    question,
    open,
    total,
    options: options.map(({ id, label }) => {
      const own = chosen.filter((option) => option === id).length;
      const share = total === 0 ? 0 : Math.round((own / total) * 100);
      return { id, label, votes: own, share, mine: votes.get(voter) === id };
    }),
  };
}
