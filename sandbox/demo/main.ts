import { parseArgs } from 'node:util';
import { narrator } from './narrator.ts';
import { type Stack, startStack } from './stack.ts';
import { tellStory } from './story.ts';
import { StoryFailed } from './until.ts';

const records = 100_000;
const { values } = parseArgs({ options: { stay: { type: 'boolean', default: false } } });
const say = narrator(process.stdout);
const begun = performance.now();

let stack: Stack | undefined;
const interrupted = new Promise<'interrupted'>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve('interrupted'));
});

try {
  say.chapter('A machine of its own: nothing of yours is touched');
  const told = (async () => {
    stack = await startStack(records, (what) => say.done(what));
    return tellStory(stack, records, say);
  })();
  const end = await Promise.race([told, interrupted]);
  if (end === 'interrupted') process.exitCode = 130;
  else {
    console.log(
      `\nFrom the pull request to the migrated table in ${((performance.now() - begun) / 1000).toFixed(0)} s.`,
    );
    if (values.stay && stack) await stay(stack);
  }
} catch (error) {
  process.exitCode = 1;
  console.error(`\n✖ ${error instanceof StoryFailed ? error.message : (error as Error).stack}`);
} finally {
  await stack?.close();
}
// What an interrupted story has still under way must not keep us.
process.exit();

async function stay({ github, app, claimsUrl, registryUrl }: Stack): Promise<void> {
  console.log(`
Everything stays until you press Ctrl-C.
  GitHub API   ${github.url}   (token of platform-engineer: ${github.tokenOf('platform-engineer')})
  App          ${app.url}/healthz
  Claims       ${claimsUrl}
  Registry     ${registryUrl}
Try: SLUICE_REGISTRY_URL=${registryUrl} SLUICE_DATABASE_URL=${claimsUrl} npx sluice runs`);
  await interrupted;
}
