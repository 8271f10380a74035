import { InputError } from '../../core/input-error.ts';
import type { MigrationScript } from '../../core/migration/script.ts';

/** White space and comments, which may stand between `import` and what follows it. */
const gap = '(?:\\s|/\\*[\\s\\S]*?\\*/|//[^\\n\\r\\u2028\\u2029]*[\\n\\r\\u2028\\u2029])*';
const dynamicImport = new RegExp(`\\bimport${gap}[(.]`, 'u');

/**
 * The script as JavaScript, every line and column where it was. Types are blanked out by amaro, which Node itself uses.
 * Throws `InputError` for what is no script: syntax that has to be compiled (`enum`), `import()` and `import.meta`.
 */
export async function javaScriptOf({ path, text }: Pick<MigrationScript, 'path' | 'text'>): Promise<string> {
  const code = /\.m?ts$/.test(path) ? await withoutTypes(path, text) : text;
  const found = dynamicImport.exec(code);
  if (found)
    throw new InputError('A script imports nothing', {
      remedy: 'Take out import() and import.meta, also from comments and texts',
      place: { path, line: code.slice(0, found.index).split('\n').length },
    });
  return code;
}

async function withoutTypes(path: string, text: string): Promise<string> {
  const { default: amaro } = await import('amaro');
  try {
    return amaro.transformSync(text, { mode: 'strip-only' }).code;
  } catch (error) {
    // Amaro throws its report as a text: a cross, what is wrong, and a picture of the place.
    const said = typeof error === 'string' ? error : error instanceof Error ? error.message : '';
    const [what = 'It is no TypeScript'] = said.split('\n').map((line) => line.replace(/^\s*[x×]\s*/u, '').trim());
    const line = /^\s*([0-9]+)\s*[|│]/mu.exec(said)?.[1];
    throw new InputError(`The script cannot be read: ${what}`, {
      remedy: 'Correct it; of TypeScript, what is only types can be used',
      place: { path, ...(line === undefined ? {} : { line: Number(line) }) },
    });
  }
}
