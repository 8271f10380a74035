import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { appVariables } from '../../../app/settings.ts';
import { appCommand } from '../../../cli/commands/app.ts';
import { InputError } from '../../../core/input-error.ts';

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

  it('says so when nothing answers at the address of the registry, without the password', async () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
      publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
    });
    const variables = {
      APP_ID: '1',
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: 'a secret that is long',
      PORT: '0',
      LOG_LEVEL: 'fatal',
    };
    const all = { ...variables, SLUICE_REGISTRY_URL: 'postgres://sluice:hunter2@127.0.0.1:1/sluice' };
    for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
    const refused = await appCommand()
      .parseAsync([], { from: 'user' })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InputError);
    expect(String(refused)).toContain('No database answers at 127.0.0.1:1');
    expect(String(refused)).not.toContain('hunter2');
  });

  it('refuses to start without its secrets, and says which are missing', async () => {
    for (const { name } of appVariables) vi.stubEnv(name, '');
    await expect(appCommand().parseAsync([], { from: 'user' })).rejects.toThrow(
      'The App cannot start: APP_ID is not set; PRIVATE_KEY is not set; WEBHOOK_SECRET is not set; SLUICE_REGISTRY_URL is not set',
    );
  });
});
