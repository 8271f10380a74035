import { conditionKind } from '../../core/approval/condition.ts';
import { countOf, formatCount } from '../../core/rendering/numbers.ts';
import type { Condition } from '../../registry/conditions.ts';
import type { FailingRecords } from '../../registry/failing-records.ts';

/** Characters of CSV in one text; GitHub takes 65,536 in all. */
const longest = 40_000;

/** What runners saw of the records that keep these conditions from being met, as the template `app/failing-records` takes it. */
export function failingLines(known: readonly FailingRecords[], conditions: readonly Condition[]): object[] {
  const pointers = conditions.map(({ words }) => {
    const condition = conditionKind(words);
    return condition.kind === 'no-records-without' ? condition.pointer : undefined;
  });
  let room = longest;
  return known.flatMap(({ target, pointer, seen }) => {
    if (seen === undefined || !pointers.includes(pointer)) return [];
    const { total, csv } = seen;
    const fits = csv.length <= room;
    if (fits) room -= csv.length;
    const lines = csv.split('\n').length - 2;
    return [
      {
        table: target.table,
        pointer,
        records: countOf(total, 'record'),
        note: total > 0 && csv === '' ? ' Their keys may be the names of people, so they are not listed here.' : '',
        csv: fits ? csv : '',
        listed: lines < total ? `The first ${formatCount(lines)}` : 'All of them',
      },
    ];
  });
}
