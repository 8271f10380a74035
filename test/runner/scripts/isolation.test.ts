import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { isolate } from '../../../runner/scripts/isolation.ts';
import { body, open, outcomesOf } from './script.ts';

/** What a script gives for an expression, or what it throws. */
async function seenInside(expression: string, hosts: readonly string[] = []): Promise<unknown> {
  const script = await open(body(`return { seen: (${expression}) ?? null };`), { hosts });
  const [outcome = ''] = await outcomesOf(script, ['{}']);
  return outcome.startsWith('{') ? (JSON.parse(outcome) as { seen: unknown }).seen : outcome;
}

describe('inside the room of a script', () => {
  it('there is the language and nothing else', async () => {
    const names =
      'process require module exports global Buffer fetch WebSocket XMLHttpRequest EventSource setTimeout setInterval setImmediate queueMicrotask structuredClone Worker WebAssembly navigator performance crypto fs net http dns child_process __dirname'.split(
        ' ',
      );
    const found = await seenInside(`${JSON.stringify(names)}.filter((name) => name in globalThis)`);
    expect(found).toEqual([]);
    expect(
      await seenInside('Object.getOwnPropertyNames(globalThis).filter((name) => /^[a-z]/.test(name)).sort()'),
    ).toEqual([
      'console',
      'decodeURI',
      'decodeURIComponent',
      'encodeURI',
      'encodeURIComponent',
      'escape',
      'eval',
      'globalThis',
      'isFinite',
      'isNaN',
      'parseFloat',
      'parseInt',
      'undefined',
      'unescape',
    ]);
  });

  it.each([
    ["eval('1')", 'an EvalError'],
    ["new Function('return process')()", 'an EvalError'],
    ["(async () => {}).constructor('return 1')()", 'an EvalError'],
    ["console.log.constructor('return process')()", 'an EvalError'],
    ["context.constructor.constructor('return process')()", 'an EvalError'],
    ["record.constructor.constructor('return process')()", 'an EvalError'],
    ["globalThis.constructor.constructor('return process')()", 'an EvalError'],
    ["Object.getPrototypeOf(globalThis).constructor.constructor('return process')()", 'an EvalError'],
    ['process', 'a ReferenceError'],
    ['arguments.callee.caller', 'a TypeError'],
    ["Object.defineProperty(Error, 'prepareStackTrace', { value: (e, sites) => sites })", 'a TypeError'],
  ])('no way leads out: %s', async (expression, error) => {
    expect(await seenInside(expression)).toMatch(new RegExp(`^makes the script throw ${error}`));
  });

  it('no object of the process outside is to be had', async () => {
    // Every prototype chain and constructor in reach ends in the room's own Object.
    const walk = `(() => {
      const own = Function.prototype, seen = new Set(), odd = [];
      const visit = (value, path, depth) => {
        if (value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value) || depth > 6) return;
        seen.add(value);
        if (typeof value === 'function' && !(value instanceof Function)) odd.push(path);
        if (typeof value === 'object' && Object.getPrototypeOf(value) !== null && !(value instanceof Object) && value !== Object.prototype) odd.push(path);
        visit(Object.getPrototypeOf(value), path + '.__proto__', depth + 1);
        for (const key of Reflect.ownKeys(value)) {
          try { visit(value[key], path + '.' + String(key), depth + 1); } catch (error) { visit(error, path + '.' + String(key) + '!', depth + 1); }
        }
      };
      visit(globalThis, 'globalThis', 0); visit(context, 'context', 0); visit(record, 'record', 0);
      try { null.x } catch (error) { visit(error, 'error', 0); }
      const deep = () => deep(); try { deep() } catch (error) { visit(error, 'deep', 0); }
      return [odd.filter((path) => !path.startsWith('globalThis.__proto__')), seen.size > 300];
    })()`;
    expect(await seenInside(walk)).toEqual([[], true]);
  });

  it('polluting what every object has reaches neither other records nor the process outside', async () => {
    const script = await open(`
      const evil = () => { throw new Error('evil'); };
      Object.defineProperty(Object.prototype, 'then', { value: undefined });
      for (const name of ['handle', 'fd', 'stdio', 'env', 'key', 'document', 'results', 'get', 'value'])
        Object.defineProperty(Object.prototype, name, { set: evil, get: evil });
      JSON.parse = evil; JSON.stringify = evil; Map.prototype.get = evil; Promise.prototype.finally = evil;
      String.prototype.split = evil; RegExp.prototype.exec = evil; Array.prototype.map = evil;
      export const transformRecord = (record) => ({ n: record.n + 1 });`);
    const outcomes = await outcomesOf(script, ['{"n": 1}', '{"n": 2}']);
    // It may well harm itself, but then it is refused.
    for (const [index, outcome] of outcomes.entries())
      expect([`{"n":${index + 2}}`, 'ends the process of the script', 'gets no answer from the script']).toContain(
        outcome,
      );
  });

  it('a thrown object that looks at who looks at it sees nobody', async () => {
    const script = await open(`
      const spy = new Proxy({}, { get: (_, name) => (...given) => { for (const g of given) g.constructor.constructor('return 1')(); return ''; }, getPrototypeOf: () => Error.prototype });
      export const transformRecord = (record) => { if (record.n === 1) throw spy; if (record.n === 2) { Promise.reject(spy); return {}; } return record; };`);
    expect(await outcomesOf(script, ['{"n": 1}', '{"n": 2}', '{"n": 3}'])).toEqual([
      expect.stringMatching(/^makes the script throw/),
      'ends the process of the script',
      '{"n":3}',
    ]);
  });

  it('a record that is written like a message is a record', async () => {
    const script = await open(body('return record;'));
    const documents = ['"\\n{\\"results\\":[[0,\\"x\\"]]}\\n"', '{"ready": true}', '"\\u2028[]"'];
    expect((await outcomesOf(script, documents)).map((text) => JSON.parse(text) as unknown)).toEqual(
      documents.map((text) => JSON.parse(text) as unknown),
    );
  });
});

describe('the process around the room', () => {
  /** Runs a program as a script's process is run, without the room. Returns what it prints. */
  function run(program: string): Promise<string> {
    const { command, args } = isolate(program, 64);
    const child = spawn(command, args, { cwd: '/', env: {}, stdio: ['ignore', 'pipe', 'ignore'] });
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += String(chunk);
    });
    return new Promise((resolve) => child.on('close', () => resolve(printed)));
  }

  it.each([
    ['reads no file', "fs.readFileSync('/proc/self/environ')"],
    ['reads no file of its parent', 'fs.readFileSync(`/proc/${process.ppid}/environ`)'],
    ['lists no folder', "fs.readdirSync('/')"],
    ['writes no file', "fs.writeFileSync('/tmp/sluice-test-' + process.pid, '')"],
    ['starts no process', "child_process.execFileSync('/bin/true')"],
    ['starts no thread', "new worker_threads.Worker('1', { eval: true })"],
    ['loads no native code', "process.dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libc.so.6')"],
    ['reaches no binding of Node', "process.binding('fs')"],
    ['opens no inspector', 'inspector.open(0)'],
    ['makes no code of text', "new Function('return 1')()"],
  ])('%s', async (_, attempt) => {
    const printed = await run(
      `let result; try { ${attempt}; result = 'done'; } catch (error) { result = error.code ?? error.name; } process.stdout.write(result);`,
    );
    expect(printed).toMatch(
      /^(ERR_ACCESS_DENIED|EvalError|ERR_DLOPEN_DISABLED|ERR_INSPECTOR_[A-Z_]+|EADDR[A-Z]+|EACCES)$/,
    );
  });

  it('has no variables of the runner', async () => {
    expect(await run('process.stdout.write(JSON.stringify(process.env))')).toBe('{}');
  });

  const mortal = isolate('', 64).args.includes('--pdeathsig');
  it.skipIf(!mortal)('ends with the runner, even in the middle of an endless loop', async () => {
    const { command, args } = isolate("process.stdout.write('on'); for (;;);", 64);
    const parent = spawn(
      process.execPath,
      [
        '--eval',
        `const child = require('node:child_process').spawn(${JSON.stringify(command)}, ${JSON.stringify(args)}, { env: {}, stdio: ['ignore', 'pipe', 'ignore'] });
         child.stdout.on('data', () => console.log(child.pid));`,
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const pid = await new Promise<number>((resolve) => parent.stdout.on('data', (line) => resolve(Number(line))));
    expect(process.kill(pid, 0)).toBe(true);
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 20_000 });
  });

  it('has no network where the kernel gives it one of its own', async () => {
    const server = createServer((socket) => socket.end('open'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const printed = await run(
      `const socket = net.connect(${port}, '127.0.0.1'); socket.on('connect', () => { process.stdout.write('open'); socket.end(); }).on('error', (error) => process.stdout.write(error.code));`,
    );
    server.close();
    expect(printed).toBe(isolate('', 64).network === 'namespace' ? 'ENETUNREACH' : 'open');
  });
});

/** Not gone, and not only a number that nobody has asked for yet. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
