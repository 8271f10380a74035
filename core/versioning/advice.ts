/** The smallest honest version for a change, against the one that was declared. */
export interface VersionAdvice {
  readonly bump: 'none' | 'patch' | 'minor' | 'major';
  /** The version that the bump gives; undefined when the old version is not known. */
  readonly recommended: string | undefined;
  readonly declared: string | undefined;
  /** Whether the declared version is at least the recommended one. */
  readonly honest: boolean;
}
