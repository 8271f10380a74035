import { expect, it } from 'vitest';
import { untilLittleIsLeft } from '../../../runner/steps/until-little-is-left.ts';

async function passes(left: (pass: number) => number): Promise<number> {
  let pass = 0;
  await untilLittleIsLeft(async () => {
    pass += 1;
    return left(pass);
  }, 1000);
  return pass;
}

it('carries over as long as there are whole portions, and ends when little is left', async () => {
  expect(await passes((pass) => (pass <= 50 ? 1000 : 99))).toBe(51);
});

it('comes to its end where clients write as fast as it carries over', async () => {
  expect(await passes(() => 100)).toBe(10);
});
