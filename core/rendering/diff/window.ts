/** Lines that lead up to the place where two lines differ. */
const before = 16;

/** Two long lines, cut to the part where they differ; to their beginning where they do not. `limit` in UTF-16 units. */
export function windowOn(old: string, next: string, limit: number): { old: string; next: string } {
  if (old.length <= limit && next.length <= limit) return { old, next };
  let at = 0;
  if (old !== next) while (at < old.length && old[at] === next[at]) at += 1;
  const indent = /^\s*/.exec(next)?.[0].slice(0, 20) ?? '';
  const from = at <= limit - before ? 0 : at - before;
  const cut = (text: string): string => {
    const part = from === 0 ? text : `${indent}…${text.slice(from).replace(/^[\udc00-\udfff]/, '')}`;
    return part.length <= limit ? part : `${part.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
  };
  return { old: cut(old), next: cut(next) };
}
