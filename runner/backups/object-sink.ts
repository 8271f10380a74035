import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import { StepFailed } from '../errors.ts';
import type { ObjectStore } from './place.ts';
import type { BackupSink } from './sink.ts';

/** Bytes of a part; the store takes none below 5 MiB but the last, and 10,000 of them, so later parts are larger. */
const smallestPart = 8 * 2 ** 20;
const sizeOf = (number: number) => smallestPart * (1 + Math.floor(number / 1000));
/** Milliseconds for one request. */
const timeout = 300_000;

/**
 * An object that is there only once all of it is, and has been read back: a multipart upload (https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html).
 * No more than one part is held in memory.
 */
export async function openObjectSink(store: ObjectStore, name: string): Promise<BackupSink> {
  const location = `${store.url}/${name.split('/').map(encodeURIComponent).join('/')}`;
  const request = requester(store);
  const uploadId = memberOf(await (await request('POST', `${location}?uploads`)).text(), 'UploadId');
  const etags: string[] = [];
  let waiting: Buffer[] = [];
  let bytes = 0;
  const upload = `uploadId=${encodeURIComponent(uploadId)}`;

  async function send(part: Buffer): Promise<void> {
    const answer = await request('PUT', `${location}?partNumber=${etags.length + 1}&${upload}`, part);
    etags.push(answer.headers.get('etag') ?? '');
    await answer.body?.cancel();
  }

  return {
    async write(chunk) {
      waiting.push(chunk);
      bytes += chunk.length;
      if (bytes < sizeOf(etags.length)) return;
      const part = Buffer.concat(waiting);
      waiting = [];
      bytes = 0;
      await send(part);
    },
    async finish(checksum) {
      if (bytes > 0 || etags.length === 0) await send(Buffer.concat(waiting));
      const parts = etags.map(
        (etag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>${escaped(etag)}</ETag></Part>`,
      );
      const body = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
      const said = await (await request('POST', `${location}?${upload}`, body)).text();
      // It answers 200 before it knows, to keep the connection.
      if (said.includes('<Error>')) throw refused(`the store answered ${codeIn(said)}`);
      await readBack(request, location, checksum);
      return location;
    },
    abandon: async () => {
      await request('DELETE', `${location}?${upload}`).catch(() => undefined);
    },
  };
}

type Request = (method: string, url: string, body?: Buffer) => Promise<Response>;

function requester({ region, accessKeyId, secretAccessKey, sessionToken }: ObjectStore): Request {
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    service: 's3',
    region,
    retries: 5,
  });
  return async (method, url, body) => {
    const sum = createHash('sha256')
      .update(body ?? '')
      .digest('hex');
    let answer: Response;
    try {
      answer = await client.fetch(url, {
        method,
        // The store refuses what has changed on the way.
        headers: { 'x-amz-content-sha256': sum },
        ...(body === undefined ? {} : { body: new Uint8Array(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeout),
      });
    } catch {
      // What went wrong is in the message together with the address.
      throw refused('the store cannot be reached');
    }
    if (answer.ok) return answer;
    throw refused(`the store answered ${answer.status} ${codeIn(await answer.text())}`.trimEnd());
  };
}

async function readBack(request: Request, location: string, checksum: string): Promise<void> {
  const hash = createHash('sha256');
  const { body } = await request('GET', location);
  try {
    if (body !== null) for await (const chunk of body) hash.update(chunk as Uint8Array);
  } catch {
    throw refused('the store broke off while it was read back');
  }
  if (hash.digest('hex') !== checksum) throw refused('what the store gives back is not what was written');
}

function refused(why: string): StepFailed {
  return new StepFailed(
    'backup-failed',
    `The export could not be written: ${why}.`,
    'See that the bucket that SLUICE_BACKUPS names is there, and that the credentials may write and read it.',
  );
}

/** The text of an element that has no others in it. */
function memberOf(xml: string, name: string): string {
  const found = new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1];
  if (found === undefined) throw refused('the store does not answer as S3 does');
  return found.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** A word such as `AccessDenied`; nothing else of an answer is repeated. */
function codeIn(xml: string): string {
  return /<Code>([A-Za-z]{1,60})<\/Code>/.exec(xml)?.[1] ?? '';
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
