/** Keeps frames back while their connection has enough of them (`Transport.pause`). */
export class Gate {
  #opened: Promise<void> | null = null;
  #open = () => {};

  shut(): void {
    this.#opened ??= new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  open(): void {
    this.#open();
    this.#opened = null;
  }

  /** Resolves once the gate is open, which it may be already. */
  async passed(): Promise<void> {
    while (this.#opened !== null) await this.#opened;
  }
}
