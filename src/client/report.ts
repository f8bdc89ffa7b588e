/** Gets sentences about what went wrong without anyone having asked: a bad envelope, a version gap. */
export type Report = (problem: string) => void;
