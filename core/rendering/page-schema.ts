import type { Change } from '../compatibility/change.ts';
import type { Verdict } from '../compatibility/verdict.ts';
import type { Impact } from '../impact/impact.ts';
import { changeVerdict } from '../review/asked.ts';
import type { SchemaReview } from '../review/review.ts';
import { changeEvidence, changeRow } from './comment/change-view.ts';
import { schemaHeadline, signs } from './comment/headline.ts';
import { noLinks } from './comment/input.ts';
import { sameWho } from './comment/schema-view.ts';
import { sideBySide } from './comment/side-by-side.ts';
import { sentence } from './sentence.ts';
import { toneOf } from './tone.ts';

/** What a page says of a schema beyond a comment: everything, both directions of every change included. */
export function pageSchema(schema: SchemaReview, impact: Impact | undefined, id: string) {
  const { comparison, set } = schema;
  const changes = comparison?.changes ?? [];
  const passes = (change: Change) => changeVerdict(set.compatibility, change) === 'compatible';
  const [failing, passing] = [changes.filter((change) => !passes(change)), changes.filter(passes)];
  const row = (change: Change, at: number, list: string) => {
    const view = changeRow(schema, change, impact, noLinks);
    return { ...view, id: `${id}-${list}-${at + 1}`, tone: toneOf(view.sign) };
  };
  const detail = (change: Change, at: number, list: string) => ({
    ...row(change, at, list),
    ...changeEvidence(schema, change, impact),
    kind: change.kind,
    specName: change.specName,
    pointer: change.pointer,
    directions: directionsOf(schema, change),
  });
  const failingRows = failing.map((change, at) => row(change, at, 'breaks'));
  const passingRows = passing.map((change, at) => row(change, at, 'passes'));
  return {
    id,
    tone: toneOf(schemaHeadline(schema).sign),
    directions: comparison === undefined ? [] : directionsOf(schema, comparison),
    producers: comparison?.producers === 'closed' ? 'writers emit declared properties only' : '',
    fingerprint: schema.fingerprint,
    failing: failingRows,
    failingWho: sameWho(failingRows),
    failingDetails: failing.map((change, at) => detail(change, at, 'breaks')),
    passing: passingRows,
    passingWho: sameWho(passingRows),
    passingDetails: passing.map((change, at) => detail(change, at, 'passes')),
    diff: sideBySide(schema, { rows: 5_000, width: 400 }),
  };
}

/** Both questions about a pair of versions, with the answers. */
function directionsOf({ oldVersion, newVersion }: SchemaReview, pair: { backward: Verdict; forward: Verdict }) {
  const named = oldVersion !== undefined && newVersion !== undefined && oldVersion !== newVersion;
  const [older, newer] = named ? [oldVersion, newVersion] : ['the old version', 'the new version'];
  const asked = [
    { label: 'Old data, new readers', verdict: pair.backward, validUnder: older, refusedUnder: newer },
    { label: 'New data, old readers', verdict: pair.forward, validUnder: newer, refusedUnder: older },
  ];
  return asked.map(({ label, verdict, validUnder, refusedUnder }) => {
    const sign = signOf(verdict);
    return {
      label,
      question: `${label}:`,
      validUnder,
      refusedUnder,
      sign,
      tone: toneOf(sign),
      answer: verdict.verdict,
      ...evidenceOf(verdict),
    };
  });
}

function evidenceOf(verdict: Verdict) {
  const nothing = { isBroken: false, document: null, at: '', message: '', reason: '' };
  if (verdict.verdict === 'undecided') {
    return { ...nothing, at: verdict.pointer || 'the whole schema', reason: sentence(verdict.reason) };
  }
  if (verdict.verdict === 'compatible') return nothing;
  const { at, message } = verdict.violation;
  return { ...nothing, isBroken: true, document: verdict.witness, at, message: sentence(message) };
}

function signOf({ verdict }: Verdict): string {
  if (verdict === 'compatible') return signs.good;
  return verdict === 'breaking' ? signs.bad : signs.unsure;
}
