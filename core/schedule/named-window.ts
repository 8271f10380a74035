import { parseWindow } from './parse-window.ts';

/** A window as it can be read by `parseWindow`: by its name among those of a policy, or as it is written. Undefined: it is neither. */
export function namedWindow(text: string, windows: Readonly<Record<string, string>> = {}): string | undefined {
  const written = Object.hasOwn(windows, text) ? windows[text] : text;
  return written !== undefined && 'window' in parseWindow(written) ? written : undefined;
}
