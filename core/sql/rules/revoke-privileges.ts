import { actionRule } from '../rule.ts';

export const revokePrivileges = actionRule({
  id: 'revoke-privileges',
  severity: 'advice',
  summary: 'Clients that still use the privilege fail at once.',
  kinds: ['revoke'],
  upOnly: true,
  *check() {
    yield {
      message: 'Clients that still use the privilege fail from this moment on.',
      rewrite: "-- Make sure from the server's log that nobody uses it, and say so in an ignore comment.",
    };
  },
});
