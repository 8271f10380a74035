import picomatch from 'picomatch';
import type { Configuration } from '../../configuration/configuration.ts';
import type { SchemaBundle } from '../../schema/document.ts';
import { isObject, own } from '../../schema/json.ts';
import type { RawFinding, Rule } from './rule.ts';

/**
 * Why a finding does not count: a waiver of the configuration whose files match, or one in the schema itself,
 * `"$comment": "sluice-ignore version-bump: the version is set by the release"`. Undefined: it counts. Without a reason it counts, too.
 */
export function waiverOf(
  { id: rule, inlineWaivers }: Pick<Rule, 'id' | 'inlineWaivers'>,
  { place }: RawFinding,
  waivers: Configuration['waivers'],
  bundle: SchemaBundle | undefined,
): string | undefined {
  const configured = (waivers ?? []).find(
    (waiver) => waiver.rule === rule && picomatch(waiver.files, { dot: true })(place.path),
  );
  return configured?.reason ?? (inlineWaivers === false ? undefined : inlineWaiver(rule, bundle));
}

function inlineWaiver(rule: string, bundle: SchemaBundle | undefined): string | undefined {
  const value = bundle?.root.value;
  const comment = isObject(value) ? own(value, '$comment') : undefined;
  if (typeof comment !== 'string') return undefined;
  for (const [, name, reason = ''] of comment.matchAll(/\bsluice-ignore ([a-z-]+):([^\n;]*)/g)) {
    if (name === rule && reason.trim() !== '') return reason.trim();
  }
  return undefined;
}
