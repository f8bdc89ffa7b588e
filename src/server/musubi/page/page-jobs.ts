import type { Awaitable } from "../../awaitable";
import { createQueue, type Queue } from "../../queue";
import type { Cause } from "./lens-message";

/** How many jobs a page may do before whatever else waits in the process gets a turn. */
const MAX_IN_ROW = 64;

/** The page, as its jobs see it. */
type JobsHost = {
  readonly module: string;
  /** A job is about to run, for this reason. */
  readonly begin: (cause: Cause) => void;
  /** A job has run: what it changed is to be sent. */
  readonly finish: (cause: Cause) => void;
  /** A job, or what followed it, has thrown: the page is to be stopped. */
  readonly fail: (error: unknown) => void;
  /** The same, where the job was no push of the page's own client: the channel is to be told. */
  readonly crashed: (error: unknown) => void;
};

/** The one queue of a page, in which everything happens to its stores. */
export class PageJobs {
  readonly #host: JobsHost;
  readonly #queue: Queue = createQueue();
  #isEnded = false;
  /** Jobs since others had their turn. */
  #inRow = 0;
  /** What crashed the page, in a box: anything may be thrown. */
  #crash: { readonly error: unknown } | null = null;

  constructor(host: JobsHost) {
    this.#host = host;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** No job runs any more, and what one that runs now changes is not sent. */
  end(): void {
    this.#isEnded = true;
  }

  /**
   * Runs `job` when its turn comes, then has what it changed sent, where `isSent` says so of what it gave: otherwise that
   * waits for the next job. What the job throws ends the page.
   */
  run<Value>(
    cause: Cause,
    job: () => Awaitable<Value>,
    isSent: (value: Value) => boolean = () => true,
  ): Promise<Value> {
    return this.#queue.run(async () => {
      await this.#giveWay();
      if (this.#isEnded) throw new Error(`The page of ${this.#host.module} has ended.`);
      this.#host.begin(cause);
      try {
        const value = await job();
        if (!this.#isEnded && isSent(value)) this.#host.finish(cause);
        return value;
      } catch (error) {
        if (!this.#isEnded) this.#crash = { error };
        this.#host.fail(error);
        throw error;
      }
    });
  }

  /** As `run`, for what is no push of the page's own client. */
  async runForOthers<Value>(cause: Cause, job: () => Awaitable<Value>): Promise<Value> {
    try {
      return await this.run(cause, job);
    } catch (error) {
      if (this.#crash !== null && this.#crash.error === error) this.#host.crashed(error);
      throw error;
    }
  }

  /** As `runForOthers`, for what nobody waits for. */
  post(cause: Cause, job: () => Awaitable<void>): void {
    if (!this.#isEnded) this.runForOthers(cause, job).catch(() => {});
  }

  /** Queues run on promises alone: stores that keep sending themselves something would let nobody else in the process run. */
  async #giveWay(): Promise<void> {
    this.#inRow += 1;
    if (this.#inRow < MAX_IN_ROW) return;
    this.#inRow = 0;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
