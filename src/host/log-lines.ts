import {
  type ChangeLine,
  type CommandLine,
  MAX_STEP_PREVIEWS,
  type PushEventLine,
  type StepView,
} from "../bridge/stores-view";
import type { ToldChange } from "../engine/ask/answer";
import type { StoreStep } from "../engine/ask/store-changes";
import { countPassing } from "../engine/content/count-passing";
import { type CommandRecord, commandAt } from "../engine/fold/command";
import type { CommandDocument, PushEventDocument } from "../engine/inspection";
import type { LensNote } from "../engine/live";
import type { Json } from "../wire/json";
import { formatPointer } from "../wire/json-pointer";
import { classifyDenial, classifyError } from "../wire/refusal";
import { preview } from "./preview";

/** A command as it stood after event `seq`, by which it had been sent. @param whole with payload and reply */
export function viewCommand(record: Readonly<CommandRecord>, seq: number, whole: boolean): CommandLine {
  const command = commandAt(record, seq);
  if (command === undefined) throw new Error(`Command ${record.seq} had not been sent at event ${seq}.`);
  const { name, payload, status, reply, rtt_ms, patch_seqs, by } = command;
  const { t, ended_seq, confidence } = record;
  return {
    ...{ seq: command.seq, t, name: wordOf(name), preview: preview(payload), status, rtt_ms, by },
    ended_seq: ended_seq === null || ended_seq > seq ? null : ended_seq,
    meaning: meaningOf(command),
    patch_seqs,
    confidence: patch_seqs.length === 0 ? null : confidence,
    body: whole ? { payload, reply } : null,
  };
}

/** How far a command had come after event `seq`: the same as long as its line is the same. */
export function standingOf({ ended_seq, patch_seqs }: Readonly<CommandRecord>, seq: number): number {
  const hasEnded = ended_seq !== null && ended_seq <= seq;
  return countPassing(patch_seqs.length, (nth) => (patch_seqs[nth] ?? 0) <= seq) * 2 + (hasEnded ? 1 : 0);
}

/** A push event that came at `t`. @param whole with its payload */
export function viewPushEvent(
  { seq, name, payload }: PushEventDocument,
  t: number,
  whole: boolean,
): PushEventLine {
  return { seq, t, name, preview: preview(payload), body: whole ? { payload } : null };
}

/** What a revision did to a store. @param whole with all its steps */
export function viewChange(change: ToldChange, whole: boolean): ChangeLine {
  const { seq, t, epoch, version, kind, cause, lens, steps, more } = change;
  return {
    ...{ seq, t, epoch, version, by: kind, steps: steps.length, more },
    cause: cause === null ? null : { ...cause, name: wordOf(cause.name) },
    render: lens === null ? null : { why: whyOf(lens), us: lens.us },
    previews: steps.slice(0, MAX_STEP_PREVIEWS).map((step) => {
      const { what, path, before, after } = viewStep(step);
      return { what, path, before: previewOf(before), after: previewOf(after) };
    }),
    body: whole ? { steps: steps.map(viewStep) } : null,
  };
}

function viewStep(step: StoreStep): StepView {
  switch (step.what) {
    case "mounted":
      return { what: step.what, path: "", before: undefined, after: step.value };
    case "unmounted":
      return { what: step.what, path: "", before: step.value, after: undefined };
    default: {
      const { what, name, path, before, after } = step;
      return { what, path: formatPointer([name]) + path, before, after };
    }
  }
}

/** Why a store rendered, in the server's words. */
function whyOf({ cause }: Pick<LensNote, "cause">): string | null {
  const words = [cause?.kind ?? null, cause?.name ?? null].filter((word) => word !== null);
  return words.length === 0 ? null : words.join(" ");
}

/** What the reply says went wrong, where that says more than its own words do. */
function meaningOf({ status, reply }: CommandDocument): string | null {
  if (status === "pending" || status === "lost") return null;
  const payload = { status, response: reply };
  const denial = classifyDenial(payload);
  if (denial === null) return classifyError(payload)?.meaning ?? null;
  return `A hook of the store halted the command${denial.reason === null ? "" : `: ${denial.reason}`}.`;
}

/** A page may send anything as a name. */
function wordOf(name: Json): string {
  return typeof name === "string" ? name : preview(name);
}

function previewOf(value: Json | undefined): string | null {
  return value === undefined ? null : preview(value);
}
