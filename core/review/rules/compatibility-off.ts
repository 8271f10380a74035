import type { Rule } from './rule.ts';

export const compatibilityOff: Rule = {
  id: 'compatibility-off',
  asks: 'What breaks in a set with the mode NONE is told, though it passes.',
  severity: 'notice',
  schema: ({ review: { path, set, comparison, name }, bundle }) => {
    if (set.compatibility !== 'NONE' || !comparison) return [];
    const { backward, forward } = comparison;
    const broken = [
      ...(backward.verdict === 'compatible' ? [] : ['whoever reads old documents with the new version']),
      ...(forward.verdict === 'compatible' ? [] : ['whoever reads new documents with the old version']),
    ];
    if (broken.length === 0) return [];
    return [
      {
        place: { path, line: bundle?.root.locate('').line ?? 1 },
        message: `Nothing asks whether ${name} stays compatible (mode NONE), and this change can break ${broken.join(' and ')}`,
        remedy: 'Choose a mode for its set, or tell them.',
      },
    ];
  },
};
