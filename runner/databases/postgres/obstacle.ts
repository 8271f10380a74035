/** Why a table cannot be migrated as it stands, and what to do about it. Found before the first write. */
export interface Obstacle {
  readonly problem: string;
  readonly remedy: string;
}
