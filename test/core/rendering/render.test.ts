import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { render } from '../../../core/rendering/render.ts';

describe('render', () => {
  it('escapes a bare expression without being asked', () => {
    const text = render('migration-line', { proved: true, path: 'a`b.yml', from: '@everyone <b>', to: '*2*' });
    expect(text).toBe(
      '- **Migration:** ``a`b.yml`` is proved: every record valid under @&#8203;everyone &lt;b&gt; becomes valid under \\*2\\*.\n',
    );
  });

  it('throws rather than leave a hole where data is missing', () => {
    expect(() => render('migration-line', { proved: true, path: 'a.yml', from: '1.0.0' })).toThrow(TypeError);
  });

  it('does not read inherited properties', () => {
    expect(render('migration-line', Object.create({ proved: true, path: 'a', from: 'x', to: 'y' }))).toBe('');
  });

  it('is generated from the templates as they are', () => {
    const script = fileURLToPath(new URL('../../../scripts/precompile-templates.js', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
