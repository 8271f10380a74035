import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether GitHub signed exactly these bytes with one of the secrets (X-Hub-Signature-256). Takes the same time whichever secret it was, and
 * wherever a wrong signature begins to differ.
 */
export function isSigned(body: Buffer, signature: string, secrets: readonly string[]): boolean {
  const given = Buffer.from(signature);
  let signed = false;
  for (const secret of secrets) {
    const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
    const same = given.length === expected.length && timingSafeEqual(given, expected);
    signed = same || signed;
  }
  return signed;
}
