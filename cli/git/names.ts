import { InputError } from '../../core/input-error.ts';
import { utf8 } from '../utf8-text.ts';

/**
 * What git prints with `-z`: names of files, and words between them. Throws `InputError` for a schema whose name is no UTF-8: it could
 * not be found again under the name that we would make of it, and would pass for a file that is not there.
 */
export function namesIn(output: Uint8Array): string[] {
  const bytes = Buffer.from(output.buffer, output.byteOffset, output.byteLength);
  const whole = utf8(bytes);
  if (whole !== undefined) return whole.split('\0').filter(Boolean);
  // One byte, one character: no NUL is lost or made.
  return bytes.toString('latin1').split('\0').filter(Boolean).map(nameOf);
}

function nameOf(latin: string): string {
  const bytes = Buffer.from(latin, 'latin1');
  const name = utf8(bytes);
  if (name !== undefined) return name;
  if (!/\.(?:json|ya?ml)$/i.test(latin)) return bytes.toString();
  throw new InputError('The name of the file is not UTF-8 text', {
    remedy: 'Rename the file',
    place: { path: bytes.toString() },
  });
}
