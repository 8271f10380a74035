/** When a run may start. */
export type RunWindow =
  /** Again and again: it opens at the times of a cron expression, on the clocks of a time zone, and stays open for some minutes. */
  | { readonly kind: 'recurring'; readonly cron: string; readonly zone: string; readonly minutes: number }
  /** From a moment on. */
  | { readonly kind: 'from'; readonly moment: Date }
  /** When a person says so. */
  | { readonly kind: 'manual' };

export type WindowState =
  /** `until`: undefined when it does not close again. */
  | { readonly state: 'open'; readonly until: Date | undefined }
  /** `opens`: undefined when only a person can open it. */
  | { readonly state: 'closed'; readonly opens: Date | undefined };
