/** What the base branch says of the folder of migrations. */
export interface History {
  /** Paths of the migrations that are already there. */
  readonly existing: readonly string[];
  /** The file's own text there; undefined when the file is new. */
  readonly previousText?: string;
  /** Where the file was there, when it was renamed since. */
  readonly previousPath?: string;
}
