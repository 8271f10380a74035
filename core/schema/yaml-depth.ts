import { CST, Parser } from 'yaml';

/**
 * Whether a YAML text nests collections deeper than this. The parser of texts to tokens keeps its own stack, but what makes values of
 * tokens recurs, and near the end of the stack V8 may end the whole process instead of throwing.
 */
export function isDeeperThan(depth: number, text: string): boolean {
  const left: [CST.Token, number][] = [];
  for (const token of new Parser().parse(text)) {
    left.push([token, 0]);
    for (let next = left.pop(); next; next = left.pop()) {
      const [at, level] = next;
      if (level > depth) return true;
      if (at.type === 'document' && at.value) left.push([at.value, level]);
      if (!CST.isCollection(at)) continue;
      for (const { key, value } of at.items) for (const each of [key, value]) if (each) left.push([each, level + 1]);
    }
  }
  return false;
}
