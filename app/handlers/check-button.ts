import type { Probot } from 'probot';
import { type CommandRow, noteCommand } from '../../registry/commands.ts';
import { readRun } from '../../registry/runs/read.ts';
import { shownAt } from '../../registry/shown.ts';
import { readApprovalCheckId, shownMark } from '../approval/check.ts';
import { type Click, clickKey, type Refusal, readButton } from '../commands/click.ts';
import type { AppContext } from '../context.ts';
import { commandMessage } from '../jobs.ts';
import { receive } from './receive.ts';

/** Somebody clicks a button of one of our checks. What the check showed was in our own id of it. */
export function onCheckButton(app: Probot, context: AppContext): void {
  app.on('check_run.requested_action', async (event) => {
    const { check_run: check, requested_action: action, sender, repository } = event.payload;
    const click = readButton(action?.identifier ?? '');
    if (check.app?.id !== context.appId || sender.type !== 'User' || click === undefined) return;
    const shown = readApprovalCheckId(check.external_id);
    const runId = /^run:([a-z0-9]{10})$/.exec(check.external_id ?? '')?.[1];
    const run = runId === undefined ? undefined : await readRun(context.registry, runId);
    const number = shown?.number ?? run?.pullRequest;
    if (number === undefined) return;
    if (run && run.repository.toLowerCase() !== repository.full_name.toLowerCase()) return;
    const of = { repository: repository.full_name, pullRequest: number };
    const last = await shownAt(context.registry, of, new Date(8.64e15));
    const isLast = last?.head === check.head_sha && shown?.mark !== undefined && shown.mark === shownMark(last);
    const on = run?.id ?? `${number}-${check.head_sha}-${shown?.mark ?? ''}`;
    const key = await note(context, click, {
      ...of,
      key: clickKey(click, sender.login, on),
      login: sender.login,
      verb: click.verb,
      given: new Date(),
      about: isLast ? last : undefined,
    });
    await receive(context, event, number, (place) => commandMessage({ ...place, number, key }));
  });
}

/** Notes a click, or that it is not to be followed: said once, however often it comes. Returns the key that it is known by. */
async function note({ registry }: AppContext, { at }: Click, command: CommandRow): Promise<string> {
  const refuse = async (refusal: Refusal): Promise<string> => {
    const key = `${command.key}:${refusal}`;
    await noteCommand(registry, { ...command, key, verb: refusal, about: undefined });
    return key;
  };
  if (at === undefined) return refuse('outdated');
  return (await noteCommand(registry, command)) ? command.key : refuse('repeated');
}
