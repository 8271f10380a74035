import { afterEach, describe, expect, it, vi } from 'vitest';
import { appVariables } from '../../../app/settings.ts';
import { appCommand } from '../../../cli/commands/app.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('sluice app', () => {
  it('explains every variable it reads', () => {
    let text = '';
    const command = appCommand().configureOutput({ writeOut: (words) => void (text += words) });
    command.outputHelp();
    for (const { name, meaning } of appVariables)
      expect(text).toMatch(new RegExp(`${name} +${meaning.slice(0, 20).replaceAll(/[()\\]/g, '\\$&')}`));
    expect(text).toContain('Exit codes');
  });

  it('refuses to start without its secrets, and says which are missing', async () => {
    for (const { name } of appVariables) vi.stubEnv(name, '');
    await expect(appCommand().parseAsync([], { from: 'user' })).rejects.toThrow(
      'The App cannot start: APP_ID is not set; PRIVATE_KEY is not set; WEBHOOK_SECRET is not set; SLUICE_REGISTRY_URL is not set',
    );
  });
});
