/** For each line of a JSON text, the names of the objects and lists that it stands in: `properties/claim_amount`. */
export function jsonPlaces(lines: readonly string[]): string[] {
  const open: string[] = [''];
  let name: string | undefined;
  return lines.map((line) => {
    const place = open.at(-1) ?? '';
    for (const [token] of line.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/g)) {
      if (token === '{' || token === '[') {
        open.push(`${open.at(-1) ?? ''}/${name ?? token}`);
        name = undefined;
      } else if (token === '}' || token === ']') open.pop();
      else name = token === ',' ? undefined : token;
    }
    return place;
  });
}

/** The same for YAML in block style, by indentation. */
export function yamlPlaces(lines: readonly string[]): string[] {
  const open: { readonly indent: number; readonly place: string }[] = [];
  return lines.map((line) => {
    const [, space = '', name] = /^(\s*(?:- +)*)(?:("[^"]*"|'[^']*'|[^\s"'#:[{][^:]*):(?:\s|$))?/.exec(line) ?? [];
    const top = () => open.at(-1);
    if (line.trim() === '') return top()?.place ?? '';
    while ((top()?.indent ?? -1) >= space.length) open.pop();
    const place = top()?.place ?? '';
    if (name !== undefined) open.push({ indent: space.length, place: `${place}/${name}` });
    return place;
  });
}
