import { type Bridge, refusal } from '../emulation.ts';

/** The emulator takes any unknown token for its first user's. JSON Web Tokens of Apps it checks itself. */
export const badCredentials: Bridge = (_emulation, call, next) => {
  if (call.token === undefined || call.holder !== undefined || call.token.startsWith('eyJ')) return next(call);
  return Promise.resolve(refusal(401, 'Bad credentials'));
};
