import type { Answer } from "../../engine/ask/answer";

export type AnswerKind = Exclude<Answer["kind"], "refused">;

/** What a question was answered, or why it was not, as a sentence for a person. */
export type Answered<Kind extends AnswerKind> =
  | { readonly ok: true; readonly answer: Extract<Answer, { readonly kind: Kind }> }
  | { readonly ok: false; readonly message: string };

/** The answer as one of its kind. A question has answers of one kind only: any other is our own bug. */
export function answeredAs<Kind extends AnswerKind>(kind: Kind, answer: Answer): Answered<Kind> {
  if (answer.kind === "refused") return { ok: false, message: answer.message };
  if (!isOf(kind, answer)) throw new Error(`A question was answered by "${answer.kind}", not by "${kind}".`);
  return { ok: true, answer };
}

/** The answer's own fields are the host's word: both ends are of one build. */
export function isAnswer(value: unknown): value is Answer {
  return typeof value === "object" && value !== null && "kind" in value && typeof value.kind === "string";
}

function isOf<Kind extends AnswerKind>(
  kind: Kind,
  answer: Answer,
): answer is Extract<Answer, { readonly kind: Kind }> {
  return answer.kind === kind;
}
