import { type Bridge, matches, refusal } from '../emulation.ts';

/** Team membership needs `members: read`, which the emulator does not ask of an installation's token. */
export const appPermissions: Bridge = (_emulation, call, next) => {
  const installation = call.holder?.installation;
  const aboutMembers =
    matches(call, 'GET', '/orgs/:org/teams/:team/:rest*') ?? matches(call, 'GET', '/orgs/:org/members/:login');
  if (installation && aboutMembers && installation.permissions['members'] === undefined) {
    return Promise.resolve(refusal(403, 'Resource not accessible by integration'));
  }
  return next(call);
};
