import type { RoomApi } from './room-api.ts';

/**
 * The program of a script's process, sent to it as text: so the process needs to read no file at all. It takes all ways out of
 * the process away, then runs the script in a context of its own and passes lines between it and the parent.
 * `roomText`: source of a function that makes a room of its settings.
 */
export function roomProcessMain(roomText: string): void {
  const { createContext, SourceTextModule } = process.getBuiltinModule('node:vm');
  const builtins = process.getBuiltinModule('node:module').builtinModules;
  const { stdin, stdout } = process;
  const exit = process.exit.bind(process);
  const later = setImmediate;
  const { parse, stringify } = JSON;
  const say = (text: string) => stdout.write(text);
  // Neither may look at what was thrown: printing it would call into it with functions of this side.
  process.on('unhandledRejection', () => exit(70));
  process.on('uncaughtException', () => exit(70));
  let room: RoomApi | undefined;
  let rest = '';
  let entered = false;

  stdin.setEncoding('utf8');
  stdin.on('data', (chunk: string) => {
    // A batch comes in many chunks: only the new one is looked through.
    let at = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', at)) {
      const line = rest + chunk.slice(at, end);
      rest = '';
      at = end + 1;
      receive(line);
    }
    rest += chunk.slice(at);
  });
  stdin.on('end', () => exit(0));
  lockUp();

  function receive(line: string): void {
    if (!entered) {
      entered = true;
      const { script, settings } = parse(line) as { script: string; settings: string };
      void enter(script, settings);
      return;
    }
    // The first character tells a batch from an answer, so that a batch is parsed once, inside.
    if (line.startsWith('[')) room?.start(line);
    else room?.fetched(line);
    later(pump);
  }

  /** By the time this runs, everything that the room could do by itself is done. */
  function pump(): void {
    const said = room?.take() ?? '';
    if (said === 'again') later(pump);
    else if (said !== '') say(said);
  }

  async function enter(script: string, settings: string): Promise<void> {
    const context = createContext(Object.create(null) as object, { codeGeneration: { strings: false, wasm: false } });
    const load = async (code: string, identifier: string) => {
      // A text, no error: an error of this side is a way out of the room.
      const never = (): never => {
        // oxlint-disable-next-line no-throw-literal
        throw 'a script imports nothing';
      };
      const module = new SourceTextModule(code, { context, identifier, importModuleDynamically: never });
      await module.link(never);
      await module.evaluate();
      return module.namespace as Record<string, unknown>;
    };
    const inner = await load(`export const make = ${roomText};`, 'sluice:room');
    const made = (inner['make'] as (settings: string) => RoomApi)(settings);
    let failure: string;
    try {
      failure = made.enter(await load(script, 'sluice:script'));
    } catch (error) {
      failure = `cannot be loaded: ${typeof error === 'string' ? error : made.describe(error)}`;
    }
    if (failure === '') room = made;
    say(`${stringify(failure === '' ? { ready: true } : { failed: failure })}\n`);
  }

  /** Should something of this side get into the room after all, it finds nothing to go on with. */
  function lockUp(): void {
    const needed = [
      'stdin',
      'stdout',
      'emit',
      'nextTick',
      'exit',
      'reallyExit',
      '_exiting',
      'exitCode',
      'emitWarning',
      'listenerCount',
    ];
    for (const name of Object.getOwnPropertyNames(process)) {
      if (needed.includes(name) || name.startsWith('_events') || name === 'domain') continue;
      try {
        Object.defineProperty(process, name, { value: undefined, writable: false, configurable: false });
      } catch {
        // Some are fixed already, such as `versions`: texts.
      }
    }
    const kept = new Set([
      'globalThis',
      'Object',
      'Function',
      'Array',
      'Error',
      'Promise',
      'JSON',
      'Math',
      'Symbol',
      'process',
    ]);
    const ways = [
      'fetch',
      'WebSocket',
      'EventSource',
      'WebAssembly',
      'Worker',
      'BroadcastChannel',
      'navigator',
      'require',
      'module',
    ];
    for (const name of [...ways, ...builtins]) {
      if (!kept.has(name)) Reflect.deleteProperty(globalThis, name);
    }
    Reflect.deleteProperty(globalThis, 'process');
  }
}
