/** Passes over a log that clients go on filling. */
const mostPasses = 10;

/**
 * Carries over until a tenth of a portion is left or less. Where clients write about as fast as it carries over that would never
 * come: after so many passes that took all there was, what is left is short enough for the swap, which takes it under its lock and
 * lets go when that takes too long.
 * @param carry carries over up to a portion of keys, and returns how many there were
 */
export async function untilLittleIsLeft(carry: () => Promise<number>, portion: number): Promise<void> {
  for (let passes = 0; passes < mostPasses; ) {
    const taken = await carry();
    if (taken < portion / 10) return;
    if (taken < portion) passes += 1;
  }
}
