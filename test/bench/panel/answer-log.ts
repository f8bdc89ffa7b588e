import type { Surface } from "../../../src/cli/browser/driver";

/** How long a page took to answer an input, in milliseconds from the input to the paint. */
export type Answer = {
  /** Until something of the answer was painted. */
  readonly first: number;
  /** Until it changed no more. */
  readonly last: number;
};

/** What tells that a page has answered: an attribute of the first element that matches. */
export type Watched = {
  readonly input: "pointermove" | "keydown";
  readonly selector: string;
  readonly attribute: string;
};

/**
 * Times the answers of a page from now on; `act` is to make one input. An answer begins with the input's `timeStamp`,
 * which the browser gave it when it came in, and ends in the first task after the frame that shows the change: a
 * `MutationObserver` sees the change, and a `ResizeObserver` that begins then is called while that frame is laid out.
 */
export async function timeAnswers(
  { evaluate }: Pick<Surface, "evaluate">,
  watched: Watched,
): Promise<(act: () => Promise<unknown>) => Promise<Answer>> {
  await evaluate(startAnswerLog, watched);
  return async (act) => {
    await evaluate(armAnswerLog);
    await act();
    const answer = await evaluate(readAnswer);
    if (answer === null) throw new Error(`The ${watched.input} was not answered.`);
    return answer;
  };
}

// The functions below run in the page.

declare global {
  var answerLog: { readonly arm: () => void; readonly read: () => Promise<Answer | null> } | undefined;
}

function startAnswerLog({ input, selector, attribute }: Watched): void {
  const [SETTLED_MS, PATIENCE_MS] = [250, 20_000];
  const valueNow = () => document.querySelector(selector)?.getAttribute(attribute) ?? null;
  const { port1, port2 } = new MessageChannel();
  let [known, inputAt] = [valueNow(), 0];
  let isArmed = false;
  let paints: number[] = [];
  port2.onmessage = () => void paints.push(performance.now());
  const noteInput = ({ timeStamp }: Event): void => {
    if (isArmed) [isArmed, inputAt, paints] = [false, timeStamp, []];
  };
  addEventListener(input, noteInput, { capture: true });
  new MutationObserver(() => {
    const value = valueNow();
    if (value === known) return;
    known = value;
    if (value === null) return;
    new ResizeObserver((_, observer) => {
      observer.disconnect();
      port1.postMessage(null);
    }).observe(document.body);
  }).observe(document.body, { subtree: true, childList: true, attributeFilter: [attribute] });
  globalThis.answerLog = {
    arm() {
      isArmed = true;
    },
    async read() {
      for (const end = performance.now() + PATIENCE_MS; performance.now() < end; ) {
        await new Promise((resolve) => setTimeout(resolve, SETTLED_MS / 5));
        const [first, last] = [paints[0], paints.at(-1)];
        if (isArmed || first === undefined || last === undefined) continue;
        if (performance.now() - last > SETTLED_MS) return { first: first - inputAt, last: last - inputAt };
      }
      return null;
    },
  };
}

function armAnswerLog(): void {
  globalThis.answerLog?.arm();
}

async function readAnswer(): Promise<Answer | null> {
  return (await globalThis.answerLog?.read()) ?? null;
}
