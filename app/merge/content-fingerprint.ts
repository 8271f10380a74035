import { fingerprintOf } from '../../core/schema/fingerprint.ts';
import { parseSchema } from '../../core/schema/parse.ts';

/** Fingerprint of a schema's content: another layout or comment is the same version. Throws `InputError` when the text is no schema. */
export function contentFingerprint(path: string, text: string): string {
  return fingerprintOf(parseSchema({ path, text }).value);
}
