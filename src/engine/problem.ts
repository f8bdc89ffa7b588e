/** What went wrong, in a word that scripts can match on (session-format.md, Problems). New codes may come. */
export type ProblemCode =
  | "bad_frame"
  | "bad_envelope"
  | "version_gap"
  | "patch_failed"
  | "bad_stream_op"
  | "stale_join_ref"
  | "duplicate_ref"
  | "unmatched_reply"
  | "gap"
  | "truncated_file"
  | "bad_line"
  | "bad_event"
  | "bad_push_event"
  | "unknown_root"
  | "unknown_socket"
  | "duplicate_socket"
  | "bad_assigns"
  | "unsupported_vsn"
  | "too_many"
  | "too_many_problems";

/** Something wrong at one event. `message` is a sentence for a person: what happened, where, what it means. */
export type Problem = {
  readonly seq: number;
  readonly code: ProblemCode;
  readonly message: string;
  /** The store of the event's root that it is about, where it is about one. The inspection document leaves it out. */
  readonly store_id?: readonly string[];
};

/** Nobody reads more, and a page that sends garbage all day must not fill us up. */
export const MAX_PROBLEMS = 10_000;
const MAX_MESSAGE_CHARS = 2_000;
/** Of a store's id as JSON. A page decides how long one is; a problem of a longer one is told as the root's. */
const MAX_STORE_ID_CHARS = 1_000;

/** Adds a problem to a list that says itself where it ends. */
export function addProblem<Kind extends { readonly seq: number; readonly message: string }>(
  problems: (Kind | Problem)[],
  problem: Kind,
): void {
  const room = MAX_PROBLEMS - problems.length;
  if (room > 1) problems.push(cutMessage(problem));
  else if (room === 1) {
    problems.push({ seq: problem.seq, code: "too_many_problems", message: WHY_NO_MORE });
  }
}

/** The problem as one of a store; as it is, where the store is the root's own, not known, or has too long an id. */
export function placedAt<Kind extends object>(
  problem: Kind,
  store_id: readonly string[] | undefined,
): Kind & Pick<Problem, "store_id"> {
  if (store_id === undefined || store_id.length === 0) return problem;
  return JSON.stringify(store_id).length > MAX_STORE_ID_CHARS ? problem : { ...problem, store_id };
}

const WHY_NO_MORE = `There are more problems than the ${MAX_PROBLEMS} that are kept: from here on they are not listed.`;

function cutMessage<Kind extends { readonly message: string }>(problem: Kind): Kind {
  if (problem.message.length <= MAX_MESSAGE_CHARS) return problem;
  // Joined from its characters, the text is a copy: a mere slice would keep the whole of it in memory.
  const message = `${[...problem.message.slice(0, MAX_MESSAGE_CHARS)].join("")}…`;
  return { ...problem, message };
}
