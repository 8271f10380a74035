/** What `sluice check` tells the shell. */
export const exitCode = { compatible: 0, breaking: 1, badInput: 2 } as const;

export const exitCodeHelp = `
Exit codes:
  0  compatible
  1  breaking, or undecided (what is not proved counts as breaking)
  2  bad input or usage`;
