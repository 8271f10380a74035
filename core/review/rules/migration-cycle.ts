import { InputError } from '../../input-error.ts';
import { isObject, type Json, own } from '../../schema/json.ts';
import { readJson } from '../../schema/json-text.ts';
import { defaultLimits } from '../../schema/limits.ts';
import { readYaml } from '../../schema/yaml-text.ts';
import { mapInParallel } from '../map-in-parallel.ts';
import type { Tree } from '../review.ts';
import type { RawFinding, Rule } from './rule.ts';

const migrationFile = /^(migrations\/[^/]+\/)[^/]+\.(?:ya?ml|json)$/;
const limits = { ...defaultLimits, characters: 1_000_000, depth: 100, nodes: 50_000 };

interface Step {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

export const migrationCycle: Rule = {
  id: 'migration-cycle',
  asks: 'The migrations of a schema never lead back to a version that they began with.',
  severity: 'error',
  pullRequest: async ({ changedFiles, head }) => {
    const changed = changedFiles.filter(({ path, status }) => status !== 'removed' && migrationFile.test(path));
    if (changed.length === 0) return [];
    const all = await head.list();
    const folders = new Set(changed.map(({ path }) => migrationFile.exec(path)?.[1]));
    const paths = all.filter((path) => folders.has(migrationFile.exec(path)?.[1]));
    await head.prefetch?.(paths);
    const steps = (await mapInParallel(paths, (path) => readStep(head, path))).filter((step) => step !== undefined);
    return changed.flatMap(({ path }): RawFinding[] => {
      const step = steps.find((one) => one.path === path);
      const way =
        step &&
        wayBack(
          step,
          steps.filter((one) => folderOf(one.path) === folderOf(path)),
        );
      if (!way) return [];
      const versions = [...way.map(({ from }) => from), step.from].join(' → ');
      const others = way.filter((one) => one !== step).map((one) => `\`${one.path}\``);
      return [
        {
          place: { path, line: 1 },
          message: `The migrations go round in a circle: ${versions}`,
          remedy:
            others.length === 0
              ? 'Lead it to a version that is new.'
              : `Lead it to a version that is new; on the way back ${others.length === 1 ? 'is' : 'are'} ${others.join(', ')}.`,
        },
      ];
    });
  },
};

/** The steps of a circle that begins with this one; undefined when none leads back. */
function wayBack(step: Step, steps: readonly Step[]): readonly Step[] | undefined {
  const left: Step[][] = [[step]];
  const seen = new Set<Step>([step]);
  for (let way = left.shift(); way; way = left.shift()) {
    const last = way.at(-1);
    if (last?.to === step.from) return way;
    for (const next of steps) {
      if (next.from !== last?.to || seen.has(next)) continue;
      seen.add(next);
      left.push([...way, next]);
    }
  }
  return undefined;
}

/** From and to, whatever else the file says and whether it can be used: undefined when it says neither. */
async function readStep(head: Tree, path: string): Promise<Step | undefined> {
  try {
    const text = (await head.read(path)) ?? '';
    if (text.length > limits.characters) return undefined;
    const value: Json = (path.endsWith('.json') ? readJson(path, text) : readYaml(path, text, limits)).value;
    const [from, to] = isObject(value) ? [own(value, 'from'), own(value, 'to')] : [];
    return typeof from === 'string' && typeof to === 'string' ? { path, from, to } : undefined;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
