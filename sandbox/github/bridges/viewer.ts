import { actorOf, answer, type Bridge, matches, refusal, textOf } from '../emulation.ts';

/** GraphQL for the one question `viewer { login }`, and GitHub's refusal of GET /user to Apps. */
export const viewer: Bridge = (emulation, call, next) => {
  const { holder } = call;
  if (matches(call, 'GET', '/user') && holder?.installation) {
    return Promise.resolve(refusal(403, 'Resource not accessible by integration'));
  }
  if (matches(call, 'POST', '/graphql') ?? matches(call, 'POST', '/api/graphql')) {
    if (!holder) return Promise.resolve(refusal(401, 'Bad credentials'));
    if (!/^\s*(query\s*)?\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/.test(textOf(call.body?.['query']))) {
      return Promise.resolve(answer(200, { errors: [{ message: 'only viewer { login } is emulated' }] }));
    }
    return Promise.resolve(answer(200, { data: { viewer: { login: loginOf(emulation, holder) } } }));
  }
  return next(call);
};

function loginOf(emulation: Parameters<Bridge>[0], holder: Parameters<typeof actorOf>[1]): string {
  const app = holder.installation && emulation.store.apps.findOneBy('app_id', holder.installation.appId);
  return app ? `${app.slug}[bot]` : (actorOf(emulation, holder)?.login ?? holder.login);
}
