import { isObject, own } from '../../schema/json.ts';
import { compareVersions } from '../layout/version-order.ts';
import type { RawFinding, Rule } from './rule.ts';

export const versionAgrees: Rule = {
  id: 'version-agrees',
  asks: 'What a schema says of itself is what the path of its file says.',
  severity: 'error',
  schema: ({ review: { path, file, newVersion }, bundle }) => {
    if (!bundle || !file || newVersion === undefined) return [];
    const { root } = bundle;
    const { value } = root;
    if (!isObject(value)) return [];
    const self = own(value, 'self');
    const stated: [string, unknown][] = [['/version', own(value, 'version')]];
    if (isObject(self)) stated.push(['/self/version', own(self, 'version')]);
    const wrong = stated.flatMap(([pointer, said]): RawFinding[] => {
      if (typeof said !== 'string' || !/^\d/.test(said) || compareVersions(said, newVersion) === 0) return [];
      return [
        {
          place: { path, ...root.locate(pointer) },
          message: `The schema says that it is version ${said}, and its path says ${newVersion}`,
          remedy: `Write ${newVersion}, or rename the file.`,
        },
      ];
    });
    const name = isObject(self) ? own(self, 'name') : undefined;
    const vendor = isObject(self) ? own(self, 'vendor') : undefined;
    if (typeof name !== 'string') return wrong;
    const full = typeof vendor === 'string' && file.name.includes('.') ? `${vendor}.${name}` : name;
    if (full === file.name) return wrong;
    const place = { path, ...root.locate('/self') };
    const message = `The schema says that it is ${full}, and its path says ${file.name}`;
    return [...wrong, { place, message, remedy: 'Make the two agree; registries go by either.' }];
  },
};
