/** A clock for the engine, which has none: true once this many seconds have passed. */
export function deadline(seconds: number): () => boolean {
  const end = performance.now() + seconds * 1000;
  return () => performance.now() > end;
}
