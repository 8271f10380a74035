import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { bundleProgram } from '../../support/child.ts';

it('hostile schemas need no more than 140 megabytes of heap and 256 of the machine', async () => {
  const program = await bundleProgram('test/support/programs/hostile-memory.ts');
  // Without a limit Node would rather let garbage lie than collect it: the figure would say nothing.
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--max-old-space-size=140', program], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  expect(Number(stdout)).toBeLessThan(256);
});
