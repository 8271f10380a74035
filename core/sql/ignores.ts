import type { Directive } from './parse/directives.ts';
import type { MigrationFile } from './parse/migration-file.ts';
import type { Statement } from './parse/statement.ts';
import type { Raised } from './raised.ts';
import { rules } from './rules.ts';

type Ignore = Extract<Directive, { kind: 'ignore' }>;

/**
 * Takes out what the file's comments ignore, and adds what is wrong with the comments. A comment counts for the statement
 * it stands in, else for the one that ends on its line, else for the next one. Without a reason it ignores nothing.
 */
export function applyIgnores(raised: readonly Raised[], file: MigrationFile): Raised[] {
  const ignores = file.directives.filter((directive) => directive.kind === 'ignore');
  if (ignores.length === 0) return [...raised];
  const known = new Set(rules.map(({ id }) => id));
  const used = new Map<Ignore, Set<string>>(ignores.map((ignore) => [ignore, new Set()]));
  const targets = new Map(ignores.map((ignore) => [ignore, statementsOf(ignore, file)]));
  const kept = raised.filter(({ rule, statement }) => {
    const matching = ignores.filter(
      (ignore) =>
        ignore.rules.includes(rule.id) &&
        (ignore.scope === 'file' || (statement !== undefined && targets.get(ignore)?.includes(statement) === true)),
    );
    for (const ignore of matching) used.get(ignore)?.add(rule.id);
    return !matching.some(({ reason }) => reason !== '');
  });
  const complaints = ignores.flatMap((ignore) => {
    const unknown = ignore.rules.filter((id) => !known.has(id));
    const outcome = { rules: ignore.rules, reason: ignore.reason, used: [...(used.get(ignore) ?? [])], unknown };
    return rules.flatMap((rule): Raised[] =>
      rule.scope !== 'ignore'
        ? []
        : [...rule.check(outcome)].map((problem) => ({
            rule,
            problem,
            statement: undefined,
            position: file.positionOf(ignore.at),
          })),
    );
  });
  return [...kept, ...complaints];
}

/** The statements that a comment counts for: one, or all of a DO block. */
function statementsOf(ignore: Ignore, { statements, positionOf }: MigrationFile): readonly Statement[] {
  const line = positionOf(ignore.at).line;
  const inside = statements.filter(({ span }) => span.start <= ignore.at && ignore.at < span.end);
  // Inside a DO block it counts for the statement on its line, or the next one below.
  const below = inside.find(({ block, positionOf: place, start }) => block !== undefined && place(start).line >= line);
  if (inside.length > 0) return below === undefined ? inside : [below];
  const before = statements.findLast(({ span }) => span.end <= ignore.at);
  const onLine = before !== undefined && positionOf(before.span.end).line === line;
  const index = onLine ? before.index : statements.find(({ span }) => span.start >= ignore.end)?.index;
  return statements.filter((statement) => statement.index === index);
}
