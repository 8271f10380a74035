import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { appVariables, readAppSettings } from '../../app/settings.ts';
import { InputError } from '../../core/input-error.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
});
const enough = {
  APP_ID: '42',
  PRIVATE_KEY: privateKey,
  WEBHOOK_SECRET: 'a secret that is long',
  SLUICE_REGISTRY_URL: 'postgres://sluice@db.internal/sluice',
};

function refusal(environment: Record<string, string>): string {
  try {
    readAppSettings(environment);
  } catch (error) {
    if (error instanceof InputError) return error.message;
  }
  throw new Error('the settings were accepted');
}

describe('the settings of the App', () => {
  it('are complete with four variables', () => {
    expect(readAppSettings(enough)).toEqual({
      appId: 42,
      privateKey: privateKey.trim(),
      webhookSecret: 'a secret that is long',
      registryUrl: enough.SLUICE_REGISTRY_URL,
      queueUrl: enough.SLUICE_REGISTRY_URL,
      host: 'localhost',
      port: 3000,
      logLevel: 'info',
    });
  });

  it.each(['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET', 'SLUICE_REGISTRY_URL'] as const)(
    'cannot do without %s, and say so',
    (name) => {
      const { [name]: _, ...rest } = enough;
      expect(refusal(rest)).toContain(`${name} is not set`);
      expect(refusal({ ...enough, [name]: '  ' })).toContain(`${name} is not set`);
    },
  );

  it('name everything that is missing at once', () => {
    const message = refusal({});
    for (const { name } of appVariables.filter(({ required }) => required))
      expect(message).toContain(`${name} is not set`);
  });

  it('refuse the secret that Probot falls back to', () => {
    expect(refusal({ ...enough, WEBHOOK_SECRET: 'development' })).toContain('WEBHOOK_SECRET is "development"');
  });

  it.each([
    ['short', 'hunter2'],
    ['one character only', 'aaaaaaaaaaaaaaaaaaaaaaaa'],
    ['that of an example', 'change-me-please-now'],
    ['that of another example', 'your_webhook_secret'],
  ])('refuse a secret that is %s, old or new, without repeating it', (_, secret) => {
    for (const name of ['WEBHOOK_SECRET', 'WEBHOOK_SECRET_PREVIOUS']) {
      const message = refusal({ ...enough, [name]: secret });
      expect(message).toContain(`${name} `);
      expect(message).not.toContain(secret);
    }
  });

  it('take a second secret while the first is being replaced', () => {
    expect(readAppSettings(enough)).not.toHaveProperty('previousWebhookSecret');
    const both = readAppSettings({ ...enough, WEBHOOK_SECRET_PREVIOUS: 'one before that one' });
    expect(both.previousWebhookSecret).toBe('one before that one');
  });

  it.each([
    ['APP_ID', 'forty-two'],
    ['APP_ID', '0'],
    ['PRIVATE_KEY', 'secret-looking-text'],
    ['PORT', '70000'],
    ['LOG_LEVEL', 'trace'],
  ])('refuse %s = %s', (name, value) => {
    expect(refusal({ ...enough, [name]: value })).toContain(name);
  });

  it('never repeat a value in their complaint', () => {
    const message = refusal({
      ...enough,
      APP_ID: 'x',
      PRIVATE_KEY: 'hunter2-key',
      SLUICE_REGISTRY_URL: 'postgres://u:hunter2@h/d',
    });
    expect(message).not.toContain('hunter2');
  });

  it.each([
    ['on one line', privateKey.replaceAll('\n', '\\n')],
    ['as base64', Buffer.from(privateKey).toString('base64')],
  ])('take the key %s', (_, PRIVATE_KEY) => {
    expect(readAppSettings({ ...enough, PRIVATE_KEY }).privateKey.trim()).toBe(privateKey.trim());
  });

  it('take the queue and GitHub from elsewhere', () => {
    const elsewhere = { ...enough, QUEUE_URL: 'redis://queue', GITHUB_API_URL: 'https://github.example/api/v3' };
    expect(readAppSettings(elsewhere)).toMatchObject({
      queueUrl: 'redis://queue',
      githubUrl: 'https://github.example/api/v3',
    });
  });
});
