/** Milliseconds. */
const span = 5000;

/** Records per second over the last few seconds. */
export class CopyRate {
  readonly #marks: { at: number; sum: number }[] = [{ at: performance.now(), sum: 0 }];

  add(records: number): void {
    this.#marks.push({ at: performance.now(), sum: (this.#marks.at(-1)?.sum ?? 0) + records });
    while (this.#marks.length > 2 && performance.now() - (this.#marks[0]?.at ?? 0) > span) this.#marks.shift();
  }

  perSecond(): number {
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    if (first === undefined || last === undefined || last.at === first.at) return 0;
    return ((last.sum - first.sum) / (last.at - first.at)) * 1000;
  }
}
