/** Remembers what was computed last, under names that mean the same for ever (such as commits). What failed is computed again. */
export class Recent<Value> {
  readonly #capacity: number;
  readonly #values = new Map<string, Promise<Value>>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The value of that name; made when it is not among the last ones. Who asks while it is being made gets the same. */
  get(name: string, make: () => Promise<Value>): Promise<Value> {
    const value = this.#values.get(name) ?? make();
    this.#values.delete(name);
    this.#values.set(name, value);
    value.catch(() => {
      if (this.#values.get(name) === value) this.#values.delete(name);
    });
    const [oldest] = this.#values.keys();
    if (this.#values.size > this.#capacity && oldest !== undefined) this.#values.delete(oldest);
    return value;
  }
}
