import { unreachable } from '../../unreachable.ts';
import type { Rule } from './rule.ts';

export const acceptedChange: Rule = {
  id: 'accepted-change',
  asks: 'A change that the configuration accepts is told, and so is an acceptance that is over.',
  severity: 'warning',
  inlineWaivers: false,
  schema: ({ review: { path, name, acceptance }, bundle }) => {
    if (!acceptance) return [];
    const { state, reason, until } = acceptance;
    const place = { path, line: bundle?.root.locate('').line ?? 1 };
    switch (state) {
      case 'accepted':
        return [
          {
            place,
            message: `The change of ${name} does not pass by itself, and is accepted until ${until}`,
            remedy: 'Merge it before that day.',
            waived: `${reason} (until ${until})`,
          },
        ];
      case 'expired':
        return [
          {
            place,
            message: `The change of ${name} was accepted until ${until}, and that is over: ${reason}`,
            remedy: 'Have it approved, or renew its entry under `accept` on the base branch.',
          },
        ];
      default:
        return unreachable(state);
    }
  },
};
