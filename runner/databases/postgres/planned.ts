import type { Client, QueryConfig } from 'pg';

/**
 * A statement that the session plans once, under its name, and not each time: to plan one over the catalog takes ten times as long as to run it, and some
 * run while a lock is held. The same name always has the same text.
 */
export function planned(name: string, text: string, values: readonly (string | null)[] = []): QueryConfig {
  return { name: `sluice ${name}`, text, values: [...values] };
}

/** During the work, such statements go by the plan that they have, whatever their values are. */
export async function withPlansKept<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query("SELECT set_config('plan_cache_mode', 'force_generic_plan', false)");
  try {
    return await work();
  } finally {
    // Where the connection is gone, so is the setting.
    await client.query("SELECT set_config('plan_cache_mode', 'auto', false)").catch(() => undefined);
  }
}
