import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { help } from '../../app/commands/help.ts';
import { topics } from '../../app/notifications/topic.ts';
import { appVariables } from '../../app/settings.ts';
import { parseCommand } from '../../core/approval/commands/parse.ts';
import { approvalDefinitions } from '../../core/configuration/approval-schema.ts';
import { parsePolicy } from '../../core/configuration/parse-policy.ts';
import { windowFaults } from '../../core/schedule/policy-windows.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('docs/approvals.md');
const manifest = parse(read('app.yml')) as { default_permissions: object; default_events: string[] };

describe('docs/approvals.md', () => {
  it('shows a policy that is one', () => {
    const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    const policy = parsePolicy('docs/approvals.md', yaml);
    expect(policy.rules).toHaveLength(3);
    expect(windowFaults(policy)).toEqual([]);
  });

  it('has every condition of a rule, in values that it takes', () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+: [^`]+)` \|/gm)].map(([, row = '']) => row);
    const conditions = Object.keys(approvalDefinitions['approval-conditions'].properties);
    expect(rows.map((row) => row.split(':')[0])).toEqual(expect.arrayContaining(conditions));
    for (const row of rows.filter((one) => conditions.includes(one.split(':')[0] ?? ''))) {
      expect(() => parsePolicy('p', `approval: [{ name: a, when: { ${row} } }]`)).not.toThrow();
    }
  });

  it.each(['docs/approvals.md', 'the answer to help'])('has no command in %s that there is not', (where) => {
    const text = where === 'docs/approvals.md' ? page : [help.words, ...(help.details ?? [])].join('\n');
    const written = [...text.matchAll(/`(\/sluice [^`<]+?)(?: <[^`]*)?`/g)].map(([, command = '']) => command);
    expect(written.length).toBeGreaterThan(9);
    for (const command of written.filter((one) => !/ (release|approve if)$/.test(one)))
      expect([command, parseCommand(command)?.verb]).not.toContain('unknown');
  });

  it('has every permission and event that the App asks for, every topic, and no variable that there is not', () => {
    const asked = Object.entries(manifest.default_permissions).map(([name, level]) => `${name}: ${level}`);
    for (const permission of asked.filter((one) => one !== 'metadata: read'))
      expect(page).toContain(`| \`${permission}\` |`);
    for (const event of manifest.default_events) expect(page).toContain(`| \`${event}\` |`);
    for (const topic of topics) expect(page).toContain(`\`${topic}\``);
    const variables = appVariables.map(({ name }) => name);
    for (const [name] of page.matchAll(/\b(?:SLUICE|WEBHOOK)_[A-Z_]+\b/g)) expect(variables).toContain(name);
  });
});
