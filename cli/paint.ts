import pc from 'picocolors';
import { noPaint, type Paint } from '../core/rendering/terminal.ts';
import { wantsColour } from './colour.ts';

/** Colours where a person looks at a terminal, and how many columns it has; else plain text of any width. */
export function terminal(): { readonly paint: Paint; readonly width: number } {
  const width = process.stdout.columns;
  return {
    paint: wantsColour() ? colours() : noPaint,
    width: width === undefined || width === 0 ? 120 : Math.max(60, width),
  };
}

function colours(): Paint {
  const { green, red, bold, dim } = pc.createColors(true);
  return { good: green, bad: red, strong: bold, faint: dim };
}
