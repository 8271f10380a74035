import { setFinder } from '../select-schemas.ts';
import type { RawFinding, Rule } from './rule.ts';

/** More new files that could be schemas are data. */
const mostFiles = 50;

export const schemaUncovered: Rule = {
  id: 'schema-uncovered',
  asks: 'A new file that calls itself a JSON Schema is covered by the configuration, or something refers to it.',
  severity: 'notice',
  pullRequest: async ({ subjects, changedFiles, head, configuration }) => {
    const setOf = setFinder(configuration.schemas);
    const referred = new Set(subjects.flatMap(({ bundle }) => [...(bundle?.files.keys() ?? [])]));
    const candidates = changedFiles
      .filter(({ path, status }) => status === 'added' && /\.(?:json|ya?ml)$/i.test(path) && !path.startsWith('.'))
      .filter(({ path }) => !setOf(path) && !referred.has(path))
      .map(({ path }) => path);
    if (candidates.length === 0 || candidates.length > mostFiles) return [];
    if (candidates.length > 3) await head.prefetch?.(candidates);
    const findings: RawFinding[] = [];
    for (const path of candidates) {
      const text = (await head.read(path).catch(() => undefined)) ?? '';
      if (!/["']?\$schema["']?\s*:\s*["']?https?:\/\/json-schema\.org\/draft/.test(text.slice(0, 4000))) continue;
      findings.push({
        place: { path, line: 1 },
        message: 'This is a JSON Schema, and no set of the configuration covers it: its changes are not checked',
        remedy: 'Add it to `schemas` in the configuration, or move it to where schemas are.',
      });
    }
    return findings;
  },
};
