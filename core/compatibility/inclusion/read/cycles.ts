import { canonicalJson } from '../../../schema/canonical.ts';
import { isContentKeyword } from '../../../schema/content-keywords.ts';
import { ignoresReferenceSiblings } from '../../../schema/dialect.ts';
import { isObject, type Json, own } from '../../../schema/json.ts';
import { keywordsOf } from '../../../schema/keywords.ts';
import { type Location, locationKey } from './location.ts';

/** What the search for cycles needs to know of schemas. */
export interface Graph {
  /** Subschemas that count, without definitions. */
  children(location: Location): readonly { readonly path: readonly (string | number)[]; readonly location: Location }[];
  references(
    location: Location,
  ): readonly { readonly keyword: string; readonly target: Location | undefined; readonly text: string }[];
  /** The name of a place that is in no open cycle. */
  nameOf(location: Location): string;
  /** The same short text for the same long one. */
  shorten(text: string): string;
}

/**
 * Names for the places that contain themselves by way of references. Places with the same name mean the same, in whatever file or
 * version they stand: the names are made from what the places say, refined until they tell all differences apart
 * (Hopcroft's partition refinement over the references).
 */
export function nameCycles(root: Location, graph: Graph, names: Map<string, string>): void {
  const edges = new Map<string, readonly Location[]>();
  const places = new Map<string, Location>();
  const left = [root];
  for (let next = left.pop(); next; next = left.pop()) {
    const key = locationKey(next);
    if (places.has(key)) continue;
    places.set(key, next);
    const targets = targetsIn(next, graph);
    edges.set(key, targets);
    left.push(...targets);
  }
  for (const group of components(edges)) nameGroup(group, places, graph, names);
}

function targetsIn(location: Location, graph: Graph): Location[] {
  const found = new Map<string, Location>();
  const left = [location];
  for (let next = left.pop(); next; next = left.pop()) {
    for (const { target } of graph.references(next)) if (target) found.set(locationKey(target), target);
    for (const child of graph.children(next)) left.push(child.location);
  }
  return [...found.values()];
}

/** Tarjan's strongly connected components, those that are cycles, inner ones first. Without recursion: chains may be long. */
function components(edges: ReadonlyMap<string, readonly Location[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const found: string[][] = [];
  for (const start of edges.keys()) if (!index.has(start)) visit(start);
  return found;

  function visit(start: string): void {
    const work: { key: string; targets: string[]; at: number }[] = [open(start)];
    for (let top = work.at(-1); top; top = work.at(-1)) {
      const next = top.targets[top.at];
      top.at += 1;
      if (next === undefined) {
        work.pop();
        close(top.key, top.targets);
        const parent = work.at(-1);
        if (parent) low.set(parent.key, Math.min(low.get(parent.key) ?? 0, low.get(top.key) ?? 0));
      } else if (!index.has(next)) {
        work.push(open(next));
      } else if (onStack.has(next)) {
        low.set(top.key, Math.min(low.get(top.key) ?? 0, index.get(next) ?? 0));
      }
    }
  }

  function open(key: string): { key: string; targets: string[]; at: number } {
    index.set(key, index.size);
    low.set(key, index.size - 1);
    stack.push(key);
    onStack.add(key);
    return { key, targets: (edges.get(key) ?? []).map(locationKey), at: 0 };
  }

  function close(key: string, targets: readonly string[]): void {
    if (low.get(key) !== index.get(key)) return;
    const members = stack.splice(stack.indexOf(key));
    for (const member of members) onStack.delete(member);
    if (members.length > 1 || targets.includes(key)) found.push(members);
  }
}

function nameGroup(
  group: readonly string[],
  places: ReadonlyMap<string, Location>,
  graph: Graph,
  names: Map<string, string>,
): void {
  const inside = new Set(group);
  const texts = new Map<string, string>();
  const targets = new Map<string, string[]>();
  for (const key of group) {
    const place = places.get(key);
    if (place === undefined) continue;
    const order: string[] = [];
    texts.set(
      key,
      textOf(place, graph, (target) => {
        const other = locationKey(target);
        if (!inside.has(other)) return names.get(other) ?? graph.nameOf(target);
        order.push(other);
        return '@';
      }),
    );
    targets.set(key, order);
  }
  let colours = numbered(texts);
  for (let count = new Set(colours.values()).size; ; ) {
    const finer = new Map(
      group.map((key) => [
        key,
        `${colours.get(key)}(${(targets.get(key) ?? []).map((other) => colours.get(other)).join()})`,
      ]),
    );
    const next = numbered(finer);
    const size = new Set(next.values()).size;
    colours = next;
    if (size === count) break;
    count = size;
  }
  // One line for each kind of place: two groups with the same table mean the same.
  const rows = new Map(
    group.map((key) => [
      colours.get(key) ?? 0,
      `${colours.get(key)} ${texts.get(key)} ${(targets.get(key) ?? []).map((other) => colours.get(other)).join()}`,
    ]),
  );
  const table = [...rows]
    .sort(([a], [b]) => a - b)
    .map(([, row]) => row)
    .join('\n');
  for (const key of group) names.set(key, `cycle ${colours.get(key)} of ${graph.shorten(table)}`);
}

/** Small numbers for texts, in the order of the texts, so that they do not depend on the order of the file. */
function numbered(texts: ReadonlyMap<string, string>): Map<string, number> {
  const order = new Map([...new Set(texts.values())].sort().map((text, at) => [text, at]));
  return new Map([...texts].map(([key, text]) => [key, order.get(text) ?? 0]));
}

/** What a place says, its references replaced. Annotations and definitions are left out. */
function textOf(location: Location, graph: Graph, nameTarget: (target: Location) => string): string {
  const { value, document } = location;
  if (!isObject(value)) return canonicalJson(value);
  const parts: string[] = [document.dialect];
  const exact = document.inexactNumbers.length === 0;
  if (!exact) parts.push(document.path, document.text);
  const references = new Map(graph.references(location).map((reference) => [reference.keyword, reference]));
  const hidden = ignoresReferenceSiblings(document.dialect) && references.has('$ref');
  const table = keywordsOf(document.dialect);
  for (const name of Object.keys(value).sort()) {
    const keyword = table.get(name);
    const reference = references.get(name);
    if (isContentKeyword(name, document.dialect) && !hidden) {
      const text = canonicalJson(own(value, name) as Json);
      parts.push(`${name}: ${text}`, ...(/\$\w*[rR]ef/.test(text) ? [`${document.path}#${location.pointer}`] : []));
    }
    if (reference)
      parts.push(`${name}: ${reference.target ? nameTarget(reference.target) : `nowhere ${reference.text}`}`);
    else if (
      keyword &&
      !hidden &&
      (keyword.role === 'assertion' || (keyword.role === 'applicator' && keyword.shape === 'value'))
    ) {
      parts.push(`${name}: ${canonicalJson(own(value, name) as Json)}`);
    } else if (keyword?.role === 'applicator' && !hidden && keyword.shape !== 'schema') {
      parts.push(`${name}: ${namesOnly(own(value, name) as Json)}`);
    }
  }
  for (const { path, location: child } of [...graph.children(location)].sort((a, b) =>
    a.path.join('/') < b.path.join('/') ? -1 : 1,
  )) {
    parts.push(`${JSON.stringify(path)} ${textOf(child, graph, nameTarget)}`);
  }
  return `{${parts.join(' ; ')}}`;
}

/** What an applicator says besides its subschemas: lists of names, and how many there are. */
function namesOnly(value: Json): string {
  if (Array.isArray(value)) return String(value.length);
  if (!isObject(value)) return '';
  return canonicalJson(
    Object.fromEntries(Object.entries(value).map(([name, member]) => [name, Array.isArray(member) ? member : 0])),
  );
}
