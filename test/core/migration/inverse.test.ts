import { expect, it } from 'vitest';
import { invertTransform } from '../../../core/migration/inverse.ts';
import { memberAt } from '../../../core/migration/member.ts';
import { cast } from '../../../core/migration/operations/cast.ts';
import { defaultTo } from '../../../core/migration/operations/default.ts';
import { remove } from '../../../core/migration/operations/remove.ts';
import { rename } from '../../../core/migration/operations/rename.ts';
import { applyTransform } from '../../../core/migration/transform.ts';

const [a, b, c] = [memberAt('/a'), memberAt('/b'), memberAt('/c')];

it('goes back in the opposite order', () => {
  const transform = [rename(a, 'b'), cast(b, 'number', 'string')];
  const { operations, losses } = invertTransform(transform);
  expect(operations.map(({ summary }) => summary)).toEqual(['cast b from number to string', 'rename b to a']);
  expect(losses).toEqual([]);
  expect(applyTransform(operations, applyTransform(transform, { a: '1.5' }))).toEqual({ a: '1.5' });
});

it('names what is lost, in the order of the file, and still gives records their old shape', () => {
  const { operations, losses } = invertTransform([cast(a, 'number'), defaultTo(b, 1), remove(c)]);
  expect(losses).toEqual(['which values of a were of type number before', 'which records lacked b', 'the values of c']);
  expect(applyTransform(operations, { a: 1.5, b: 2 })).toEqual({ a: '1.5', b: 2 });
});

it('has nothing to undo where nothing is done', () => {
  expect(invertTransform([])).toEqual({ operations: [], losses: [] });
});
