/** Reads that wait for the network go out together, but not all at once: GitHub limits concurrent requests to 100. */
const mostAtOnce = 16;

/** The results in the order of the items. The first failure is thrown once what has begun is over. */
export async function mapInParallel<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    for (const [at, item] of left) {
      if (failures.length > 0) return;
      try {
        results[at] = await map(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: mostAtOnce }, work));
  if (failures.length > 0) throw failures[0];
  return results;
}
