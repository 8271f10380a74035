import type { Answer, Row, Tool } from './tool.ts';

/** How a tool did on one set. A pair counts once for each direction whose answer is known. */
export interface Score {
  readonly tool: string;
  readonly set: string;
  readonly contained: number;
  readonly notContained: number;
  wrongCompatible: number;
  falseAlarm: number;
  proven: number;
  refuted: number;
  noAnswer: number;
  asked: number;
  /** Milliseconds of each pair, both directions. */
  readonly times: number[];
  /** Rows whose answer is wrong. */
  readonly wrong: string[];
}

export async function score(tool: Tool, set: string, rows: readonly Row[]): Promise<Score> {
  const known = rows.filter(({ isAside }) => !isAside).flatMap(({ backward, forward }) => [backward, forward]);
  const result: Score = {
    tool: tool.name,
    set,
    contained: known.filter((label) => label === true).length,
    notContained: known.filter((label) => label === false).length,
    wrongCompatible: 0,
    falseAlarm: 0,
    proven: 0,
    refuted: 0,
    noAnswer: 0,
    asked: 0,
    times: [],
    wrong: [],
  };
  for (const row of rows) {
    const { backward, forward, milliseconds } = await tool.decide(row);
    result.times.push(milliseconds);
    count(result, row, backward, row.backward);
    count(result, row, forward, row.forward);
  }
  await tool.close?.();
  return result;
}

function count(result: Score, row: Row, answer: Answer, label: boolean | null): void {
  if (row.isDisputed) return;
  if (answer === 'compatible' && label === false) {
    result.wrongCompatible += 1;
    result.wrong.push(`${row.id}: compatible, but is not`);
  }
  if (answer === 'breaking' && label === true) {
    result.falseAlarm += 1;
    result.wrong.push(`${row.id}: breaking, but is labelled compatible`);
  }
  if (row.isAside) return;
  result.asked += 1;
  if (answer === 'none') result.noAnswer += 1;
  if (answer === 'compatible' && label === true) result.proven += 1;
  if (answer === 'breaking' && label === false) result.refuted += 1;
}
