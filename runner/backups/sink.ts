/** Takes an export piece by piece. */
export interface BackupSink {
  /** Resolves when more may come. */
  write(chunk: Buffer): Promise<void>;
  /** Everything is there to stay, and is what was written: `checksum` is its SHA-256 in hex. Returns where it is. */
  finish(checksum: string): Promise<string>;
  /** Leaves nothing behind. */
  abandon(): Promise<void>;
}
