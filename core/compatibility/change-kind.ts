/** What sentences call the data path of the root. */
export const rootSubject = 'the document';

/** A sort of change. Its id is also the folder of its fixture. */
export interface ChangeKind {
  readonly id: string;
  /** The registry specification's name, where it has one. */
  readonly specName?: string;
  /** The kind that undoes it: its own id when that is one of the same kind. */
  readonly mirror: string;
  /** What to do instead when it breaks: one sentence about the data path, which is never empty. */
  readonly alternative?: (subject: string) => string;
}
