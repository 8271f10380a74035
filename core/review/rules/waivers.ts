import picomatch from 'picomatch';
import { isDay } from '../../configuration/acceptance-section.ts';
import type { Configuration } from '../../configuration/configuration.ts';
import type { SchemaBundle } from '../../schema/document.ts';
import { isObject, own } from '../../schema/json.ts';
import { type Day, isOver } from '../expiry.ts';
import type { RawFinding, Rule } from './rule.ts';

export interface Waived {
  readonly reason: string;
  readonly until?: Day;
}

/**
 * Why a finding does not count: a waiver of the configuration whose files match, or one in the schema itself,
 * `"$comment": "sluice-ignore version-bump until 2026-12-31: the release sets it"`. Without a reason it counts for nothing. One that is over
 * counts for nothing either, and is the answer only when there is no other.
 */
export function waiverOf(
  { id: rule, inlineWaivers }: Pick<Rule, 'id' | 'inlineWaivers'>,
  { place }: RawFinding,
  waivers: Configuration['waivers'],
  bundle: SchemaBundle | undefined,
  today: Day | undefined,
): (Waived & { readonly isOver: boolean }) | undefined {
  const configured = (waivers ?? []).filter(
    (waiver) => waiver.rule === rule && picomatch(waiver.files, { dot: true })(place.path),
  );
  const found = [...configured, ...(inlineWaivers === false ? [] : inlineOf(rule, bundle))];
  const waiver = found.find(({ until }) => !isOver(until, today)) ?? found[0];
  if (!waiver) return undefined;
  const { reason, until } = waiver;
  return { reason, ...(until === undefined ? {} : { until }), isOver: isOver(until, today) };
}

function inlineOf(rule: string, bundle: SchemaBundle | undefined): Waived[] {
  const value = bundle?.root.value;
  const comment = isObject(value) ? own(value, '$comment') : undefined;
  if (typeof comment !== 'string') return [];
  const written = comment.matchAll(/\bsluice-ignore ([a-z-]+)(?: until ([^:\s]*))?:([^\n;]*)/g);
  return [...written].flatMap(([, name, until, reason = '']): Waived[] => {
    if (name !== rule || reason.trim() === '') return [];
    // A day that there is not may mean any: then the finding counts.
    if (until !== undefined && !isDay(until)) return [];
    return [{ reason: reason.trim(), ...(until === undefined ? {} : { until }) }];
  });
}
