import { createTransport } from 'nodemailer';
import type { Channel, Delivery, Message } from './channel.ts';

export interface MailSettings {
  /** `smtps://user:password@host`, or `smtp://…` where the connection is encrypted before anything is said. */
  readonly url: string;
  readonly from: string;
  readonly to: readonly string[];
  /** False in tests: a server without a certificate will do. */
  readonly encrypted: boolean;
}

const patience = 15_000;

export function mailChannel({ url, from, to, encrypted }: MailSettings): Channel {
  const transport = createTransport({
    url,
    ...(encrypted ? { requireTLS: true } : { ignoreTLS: true }),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^@>\s]+)>?$/.exec(from)?.[1] ?? 'localhost';
  const send = async (message: Message): Promise<Delivery> => {
    try {
      await transport.sendMail({
        from,
        to: [...to],
        subject: message.title,
        text: message.text,
        messageId: `<${message.id}@${domain}>`,
        headers: { 'auto-submitted': 'auto-generated' },
      });
      return { result: 'sent' };
    } catch (error) {
      return { result: 'failed', note: reasonOf(error) };
    }
  };
  return { name: 'mail', send, close: () => transport.close() };
}

/** The words of such errors may hold addresses of people. */
function reasonOf(error: unknown): string {
  const read = (name: string): unknown => (error instanceof Error ? Reflect.get(error, name) : undefined);
  const [code, answer] = [read('code'), read('responseCode')];
  if (typeof answer === 'number') return `the mail server refused (${answer})`;
  return typeof code === 'string' ? `the mail server could not be used (${code})` : 'the mail could not be sent';
}
