import { InputError } from '../input-error.ts';
import type { SchemaBundle, SchemaDocument } from './document.ts';
import { defaultLimits, LimitExceeded } from './limits.ts';
import { type ParseOptions, parseSchema } from './parse.ts';
import { appendPointer } from './pointer.ts';
import { type DanglingReference, reach } from './reach.ts';
import { addressOf, candidatePaths } from './references.ts';

/**
 * A schema with every file of the repository that its references reach, read through `read` (undefined: no such file).
 * Throws `InputError` at the line of a reference that leads nowhere or out of the repository. Nothing is fetched.
 */
export async function loadBundle(
  root: SchemaDocument,
  read: (path: string) => Promise<string | undefined>,
  options: ParseOptions = {},
): Promise<SchemaBundle> {
  const limits = { ...defaultLimits, ...options.limits };
  const files = new Map<string, SchemaDocument>();
  const bundle: SchemaBundle = { root, files };
  for (;;) {
    const { dangling } = reach(bundle);
    if (dangling.length === 0) return bundle;
    const before = files.size;
    for (const reference of dangling) await loadTarget(reference);
    if (files.size === before) throw leadsNowhere(dangling[0] as DanglingReference);
    if (files.size > limits.files) {
      throw new LimitExceeded(`The schema's references reach more than ${limits.files} files`, { path: root.path });
    }
  }

  async function loadTarget({ document, pointer, reference }: DanglingReference): Promise<void> {
    const address = addressOf(document, pointer, reference);
    if (address === undefined) return;
    for (const path of candidatePaths(document, address.resource)) {
      if (files.has(path) || path === root.path) return;
      const text = await read(path);
      if (text === undefined) continue;
      files.set(path, parseSchema({ path, text }, { ...options, defaultDialect: root.dialect }));
      return;
    }
  }
}

/** A schema that stands alone. Throws `InputError` when it refers to anything else. */
export function loneBundle(root: SchemaDocument): SchemaBundle {
  const bundle: SchemaBundle = { root, files: new Map() };
  const [dangling] = reach(bundle).dangling;
  if (dangling) throw leadsNowhere(dangling);
  return bundle;
}

function leadsNowhere({ document, pointer, keyword, reference }: DanglingReference): InputError {
  const remote = /^[a-z][a-z0-9+.-]*:/i.test(reference);
  return new InputError(
    `${keyword} ${JSON.stringify(reference)} ${remote ? 'is not in the repository' : 'leads nowhere'}`,
    {
      remedy: remote
        ? 'Keep a copy of that schema in the repository; Sluice never fetches schemas'
        : 'Correct the reference, or add what it names',
      place: { path: document.path, ...document.locate(appendPointer(pointer, keyword)) },
    },
  );
}
