import { describe, expect, it } from 'vitest';
import { InputError } from '../../core/input-error.ts';
import { readRunnerSettings } from '../../runner/settings.ts';

const addresses = {
  SLUICE_REGISTRY_URL: 'postgres://registry/sluice',
  SLUICE_DATABASE_URL: 'postgres://claims/claims',
};

describe('the settings of a runner', () => {
  it('name everything that is missing or malformed at once, without what the variables hold', () => {
    const wrong = {
      SLUICE_REGISTRY_URL: 'secret',
      QUEUE_URL: 'secret',
      SLUICE_COPY_SHARE: 'secret',
      SLUICE_LANES: 'secret',
    };
    const read = () => readRunnerSettings(wrong);
    expect(read).toThrow(InputError);
    for (const name of [
      'SLUICE_REGISTRY_URL',
      'QUEUE_URL',
      'SLUICE_COPY_SHARE',
      'SLUICE_LANES',
      'SLUICE_DATABASE_URL',
    ]) {
      expect(read).toThrow(name);
    }
    expect(read).not.toThrow('secret');
  });

  it.each(['0', '1.1', '-1', 'half', '10%'])('refuse %s as a share of the time', (share) => {
    expect(() => readRunnerSettings({ ...addresses, SLUICE_COPY_SHARE: share })).toThrow('SLUICE_COPY_SHARE');
  });

  it.each([
    ['0.5', { least: 0.03, start: 0.05, most: 0.5 }],
    ['0.02', { least: 0.02, start: 0.02, most: 0.02 }],
  ])('let a copy take up to %s of the time', (share, duty) => {
    expect(readRunnerSettings({ ...addresses, SLUICE_COPY_SHARE: share }).patience).toEqual({ duty });
  });

  it.each([
    ['0', 0],
    ['3', 3],
    ['', undefined],
  ])('take %j as the number of lanes that it lends', (lanes, number) => {
    expect(readRunnerSettings({ ...addresses, SLUICE_LANES: lanes }).lanes).toBe(number);
  });

  it('leave the share as it is by default', () => {
    expect(readRunnerSettings({ ...addresses, SLUICE_COPY_SHARE: '' }).patience).toEqual({});
  });
});
