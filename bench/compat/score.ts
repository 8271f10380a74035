import { areSchemas, refutes } from './second-opinion.ts';
import type { Decision, Row, Tool } from './tool.ts';

/** How a tool did on one set. A pair counts once for each direction whose answer is known. */
export interface Score {
  readonly tool: string;
  readonly set: string;
  contained: number;
  notContained: number;
  wrongCompatible: number;
  falseAlarm: number;
  /** Labels that ajv refutes with the document the tool gave: neither contained nor a false alarm. */
  labelRefuted: number;
  proven: number;
  refuted: number;
  noAnswer: number;
  asked: number;
  /** Milliseconds of each pair, both directions. */
  readonly times: number[];
  /** Rows whose answer is wrong, or whose label is. */
  readonly remarks: string[];
}

export async function score(tool: Tool, set: string, rows: readonly Row[]): Promise<Score> {
  const result: Score = {
    tool: tool.name,
    set,
    contained: 0,
    notContained: 0,
    wrongCompatible: 0,
    falseAlarm: 0,
    labelRefuted: 0,
    proven: 0,
    refuted: 0,
    noAnswer: 0,
    asked: 0,
    times: [],
    remarks: [],
  };
  for (const row of rows) {
    const decision = await tool.decide(row);
    result.times.push(decision.milliseconds);
    if (row.isDisputed) continue;
    const isAside = row.isAside || !areSchemas(row);
    for (const direction of ['backward', 'forward'] as const) count(result, row, direction, decision, isAside);
  }
  await tool.close?.();
  return result;
}

function count(score: Score, row: Row, direction: 'backward' | 'forward', decision: Decision, isAside: boolean): void {
  const [answer, label] = [decision[direction], row[direction]];
  const remark = (what: string) => score.remarks.push(`${score.set} ${row.id} ${direction}: ${what}`);
  if (answer === 'compatible' && label === false) {
    score.wrongCompatible += 1;
    remark('compatible, but is not');
  }
  if (answer === 'breaking' && label === true) {
    const document = decision.witnesses?.[direction];
    if (document !== undefined && refutes(row, direction, document)) {
      score.labelRefuted += 1;
      remark(`labelled compatible, but ajv agrees that ${JSON.stringify(document)} breaks`);
      return;
    }
    score.falseAlarm += 1;
    remark('breaking, but is labelled compatible');
  }
  if (isAside) return;
  score.asked += 1;
  if (answer === 'none') score.noAnswer += 1;
  if (label === true) score.contained += 1;
  if (label === false) score.notContained += 1;
  if (answer === 'compatible' && label === true) score.proven += 1;
  if (answer === 'breaking' && label === false) score.refuted += 1;
}
