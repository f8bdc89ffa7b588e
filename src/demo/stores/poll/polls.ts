/** A poll as everyone may see it. */
export type Poll = {
  readonly id: string;
  readonly question: string;
  /** Whether one may vote. */
  readonly open: boolean;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  /** Who chose what: an option's id by voter. */
  readonly votes: ReadonlyMap<string, string>;
};

/** What came of something that was asked of the polls. */
export type PollAnswer =
  | { readonly kind: "done"; readonly poll: Poll }
  | { readonly kind: "no"; readonly reason: string };

/** All polls of a server. Whoever changes one tells the stores that show it. */
export type Polls = {
  readonly list: () => readonly Poll[];
  readonly find: (id: string) => Poll | null;
  readonly open: (question: string, labels: readonly string[]) => PollAnswer;
  /** A null option takes the vote back. */
  readonly vote: (id: string, voter: string, option: string | null) => PollAnswer;
  readonly setOpen: (id: string, open: boolean) => PollAnswer;
};

const MAX_POLLS = 50;
const MAX_OPTIONS = 6;
const MAX_TEXT = 120;
const MAX_VOTERS = 10_000;

/** The polls of a server that has just been started. */
export function createPolls(): Polls {
  const polls = new Map<string, Poll>(FIRST_POLLS.map((poll) => [poll.id, poll]));

  function put(poll: Poll): PollAnswer {
    polls.set(poll.id, poll);
    return { kind: "done", poll };
  }

  function vote(id: string, voter: string, option: string | null): PollAnswer {
    const poll = polls.get(id);
    if (poll === undefined) return no("there is no such poll");
    if (!poll.open) return no("the poll is closed");
    if (option === null)
      return put({ ...poll, votes: new Map([...poll.votes].filter(([who]) => who !== voter)) });
    if (!poll.options.some((known) => known.id === option)) return no("there is no such answer");
    if (poll.votes.size >= MAX_VOTERS && !poll.votes.has(voter)) return no("too many people voted already");
    return put({ ...poll, votes: new Map([...poll.votes, [voter, option]]) });
  }

  function open(question: string, labels: readonly string[]): PollAnswer {
    const asked = question.trim();
    const given = labels.map((label) => label.trim()).filter((label) => label !== "");
    if (asked === "" || asked.length > MAX_TEXT) return no(`a question has 1 to ${MAX_TEXT} characters`);
    if (given.length < 2 || given.length > MAX_OPTIONS) return no(`a poll has 2 to ${MAX_OPTIONS} answers`);
    if (given.some((label) => label.length > MAX_TEXT))
      return no(`an answer has at most ${MAX_TEXT} characters`);
    if (polls.size >= MAX_POLLS) return no(`there are ${MAX_POLLS} polls already`);
    return put(createPoll(`p${polls.size + 1}`, asked, given));
  }

  function setOpen(id: string, isOpen: boolean): PollAnswer {
    const poll = polls.get(id);
    return poll === undefined ? no("there is no such poll") : put({ ...poll, open: isOpen });
  }

  return { list: () => [...polls.values()], find: (id) => polls.get(id) ?? null, open, vote, setOpen };
}

function createPoll(id: string, question: string, labels: readonly string[]): Poll {
  const options = labels.map((label, index) => ({ id: `o${index + 1}`, label }));
  return { id, question, open: true, options, votes: new Map() };
}

function no(reason: string): PollAnswer {
  return { kind: "no", reason };
}

const FIRST_POLLS: readonly Poll[] = [
  createPoll("lunch", "What is for lunch?", ["Onigiri", "Soup", "Sandwiches"]),
  createPoll("editor", "Tabs or spaces?", ["Tabs", "Spaces", "Whatever the formatter does"]),
  createPoll("weekday", "Which day for the review?", ["Tuesday", "Thursday"]),
];
