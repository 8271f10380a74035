import { expect, test } from 'vitest';
import { isExactNumber, mayHoldInexactNumbers } from '../../../core/schema/exact-number.ts';

test.each(['0', '-0', '0.1', '1500.00', '1e3', '1.5E-7', '9007199254740992', '123456789012345680000', '-12.5', '0e5'])(
  '%s is read as it is written',
  (token) => expect(isExactNumber(token)).toBe(true),
);
test.each(['9007199254740993', '1e400', '1e-400', '0.1000000000000000000001', '12345678901234567890.5'])(
  '%s is rounded',
  (token) => {
    expect(isExactNumber(token)).toBe(false);
    expect(mayHoldInexactNumbers(`[${token}]`)).toBe(true);
  },
);
