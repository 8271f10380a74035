import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { render } from '../../../core/rendering/render.ts';

describe('render', () => {
  it('escapes a bare expression without being asked', () => {
    const text = render('problems', {
      problems: [{ place: 'a`b.json:1:2', problem: '@everyone <b>.', remedy: 'Mend *it*' }],
    });
    expect(text).toBe('- ``a`b.json:1:2``: @&#8203;everyone &lt;b&gt;. Mend \\*it\\*\n');
  });

  it('throws rather than leave a hole where data is missing', () => {
    expect(() => render('problems', { problems: [{ place: 'a.json', problem: 'x' }] })).toThrow(TypeError);
  });

  it('does not read inherited properties', () => {
    expect(() => render('problems', { problems: [Object.create({ place: 'a', problem: 'x', remedy: 'y' })] })).toThrow(
      TypeError,
    );
  });

  it('is generated from the templates as they are', () => {
    const script = fileURLToPath(new URL('../../../scripts/precompile-templates.js', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
