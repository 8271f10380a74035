/** How the process of a script speaks with the room inside it: texts only, in both directions. */
export interface RoomApi {
  /** Takes the script's exports. Returns what is wrong with them, or ''. */
  enter(script: Record<string, unknown>): string;
  /** What kind of error it is and where it was thrown, without its message. */
  describe(error: unknown): string;
  /** JSON of the keys, then each document, with U+001E between: JSON itself never has that. */
  start(batch: string): void;
  /** JSON of an answer: `{ id, response | failure }`. */
  fetched(answer: string): void;
  /** Lines: `R`, a character for each record, and a text of each, U+001E before it; or JSON; `again` where asking once more may give more. */
  take(): string;
}
