import { actorOf, answer, type Bridge, matches, refusal, textOf } from '../emulation.ts';

interface Reaction {
  readonly id: number;
  readonly comment: string;
  readonly content: string;
  readonly user: { readonly login: string };
}

/** Reactions to comments, which the emulator lacks. The same reaction twice is one, as on GitHub. */
export const reactions: Bridge = (emulation, call, next) => {
  const pattern = '/repos/:owner/:repo/issues/comments/:id/reactions';
  const path = matches(call, 'POST', pattern) ?? matches(call, 'GET', pattern);
  if (!path) return next(call);
  const known = (emulation.notes.get('reactions') as Reaction[] | undefined) ?? [];
  emulation.notes.set('reactions', known);
  if (call.method === 'GET')
    return Promise.resolve(
      answer(
        200,
        known.filter((reaction) => reaction.comment === path['id']),
      ),
    );
  const login = call.holder && actorOf(emulation, call.holder)?.login;
  if (login === undefined) return Promise.resolve(refusal(401, 'Requires authentication'));
  const content = textOf(call.body?.['content']);
  const same = known.find((one) => one.comment === path['id'] && one.content === content && one.user.login === login);
  const reaction = same ?? { id: known.length + 1, comment: path['id'] ?? '', content, user: { login } };
  if (!same) known.push(reaction);
  return Promise.resolve(answer(same ? 200 : 201, reaction));
};
