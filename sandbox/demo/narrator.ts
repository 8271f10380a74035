import { createColors } from 'picocolors';
import { markdownForTerminal } from './markdown-for-terminal.ts';

/** Tells the story in a terminal. Everything it prints goes through `out`, so that a test can read along. */
export interface Narrator {
  chapter(title: string): void;
  /** A fact that has been checked, with what proves it. */
  done(text: string): void;
  comment(author: string, markdown: string): void;
  /** Redraws in place on a terminal; elsewhere says each tenth once. */
  progress(share: number, text: string): void;
}

const width = 40;

export function narrator(out: { write(text: string): unknown; isTTY?: boolean; columns?: number }): Narrator {
  const terminal = out.isTTY === true;
  const colors = createColors(terminal);
  let chapters = 0;
  let tenth = -1;

  return {
    chapter(title) {
      chapters += 1;
      tenth = -1;
      out.write(`\n${colors.bold(`${chapters}. ${title}`)}\n`);
    },
    done(text) {
      out.write(`   ${colors.green('✔')} ${text}\n`);
    },
    comment(author, markdown) {
      const lines = markdownForTerminal(markdown, { colors, columns: Math.min(out.columns ?? 110, 110) - 6 });
      const bar = colors.dim('│');
      out.write(`   ${colors.dim('┌')} ${colors.bold(author)} commented\n`);
      for (const line of lines) out.write(`   ${bar} ${line}\n`);
      out.write(`   ${colors.dim('└')}\n`);
    },
    progress(share, text) {
      const bounded = Math.max(0, Math.min(1, share));
      const filled = Math.round(bounded * width);
      const line = `   ${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${String(Math.floor(bounded * 100)).padStart(3)} %  ${text}`;
      if (terminal) {
        out.write(`\r\u001b[2K${line}`);
        if (bounded === 1) out.write('\n');
        return;
      }
      const now = Math.floor(bounded * 10);
      if (now > tenth) out.write(`${line}\n`);
      tenth = Math.max(tenth, now);
    },
  };
}
