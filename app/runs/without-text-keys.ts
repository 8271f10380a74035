import type { RunError } from '../../registry/runs/run.ts';

const plain = /^([0-9]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** An error as it may stand on GitHub: a key that is no plain number or uuid may be somebody's name, so `sluice status` alone tells it. */
export function withoutTextKeys(error: RunError): RunError {
  const { key, ...rest } = error;
  if (key === undefined || plain.test(key)) return error;
  return { ...rest, message: error.message.replaceAll(key, () => '(`sluice status` names it)') };
}
