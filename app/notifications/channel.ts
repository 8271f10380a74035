/** What people are told, in plain words. */
export interface Message {
  /** One line. */
  readonly title: string;
  /** A few lines. */
  readonly text: string;
  /** Names the message for good: whoever gets it twice can tell. */
  readonly id: string;
}

export type Delivery =
  | { readonly result: 'sent' }
  /** `pause`: milliseconds that the receiver asks to wait. The note never holds addresses or secrets. */
  | { readonly result: 'failed'; readonly note: string; readonly pause?: number };

/** A way to reach people. */
export interface Channel {
  readonly name: string;
  /** Never throws for what the other side does. */
  send(message: Message): Promise<Delivery>;
  close(): void;
}
