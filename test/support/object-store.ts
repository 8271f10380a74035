import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TestStore {
  /** `http://127.0.0.1:…/bucket`. */
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Whole objects, by their path. */
  readonly objects: Map<string, Buffer>;
  /** Parts of uploads that are neither completed nor given up, by upload. */
  readonly uploads: Map<string, Buffer[]>;
  /** Asked before each request is served: a status makes it fail. */
  trouble: (request: { readonly method: string; readonly query: URLSearchParams }) => number | undefined;
  close(): Promise<void>;
}

/** The part of S3 that a multipart upload needs; refuses what is not signed rightly (signature version 4), or is not what was signed. */
export async function startObjectStore(): Promise<TestStore> {
  const accessKeyId = `key-${randomBytes(4).toString('hex')}`;
  const secretAccessKey = randomBytes(16).toString('hex');
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Buffer[]>();

  function serve(request: IncomingMessage, body: Buffer): [status: number, body: string | Buffer, etag?: string] {
    const url = new URL(request.url ?? '/', 'http://store');
    const { searchParams: query, pathname } = url;
    const failure = store.trouble({ method: request.method ?? '', query });
    if (failure !== undefined) return [failure, '<Error><Code>Trouble</Code><Message>secret words</Message></Error>'];
    if (!isSigned(request, url, body, secretAccessKey)) {
      return [403, '<Error><Code>SignatureDoesNotMatch</Code></Error>'];
    }
    if (!pathname.startsWith('/bucket/')) return [404, '<Error><Code>NoSuchBucket</Code></Error>'];
    const upload = query.get('uploadId') ?? '';
    const parts = uploads.get(upload);
    if (request.method === 'POST' && query.has('uploads')) {
      const id = `${randomBytes(6).toString('base64')}/+&=`;
      uploads.set(id, []);
      return [
        200,
        `<InitiateMultipartUploadResult><UploadId>${id.replaceAll('&', '&amp;')}</UploadId></InitiateMultipartUploadResult>`,
      ];
    }
    if (request.method === 'GET') {
      const object = objects.get(pathname);
      return object === undefined ? [404, '<Error><Code>NoSuchKey</Code></Error>'] : [200, object];
    }
    if (parts === undefined) return [404, '<Error><Code>NoSuchUpload</Code></Error>'];
    if (request.method === 'PUT') {
      parts[Number(query.get('partNumber')) - 1] = body;
      return [200, '', etagOf(body)];
    }
    uploads.delete(upload);
    if (request.method === 'DELETE') return [204, ''];
    const etags = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]+)<\/ETag>/g)];
    const small = parts.slice(0, -1).some(({ length }) => length < 5 * 2 ** 20);
    const same = etags.length === parts.length && etags.every(([, at, etag]) => etag === etagOf(parts[Number(at) - 1]));
    if (small || !same) return [200, `<Error><Code>${small ? 'EntityTooSmall' : 'InvalidPart'}</Code></Error>`];
    objects.set(pathname, Buffer.concat(parts));
    return [200, '<CompleteMultipartUploadResult/>'];
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [status, body, etag] = serve(request, Buffer.concat(chunks));
      response.writeHead(status, etag === undefined ? {} : { etag }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const store: TestStore = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/bucket`,
    accessKeyId,
    secretAccessKey,
    objects,
    uploads,
    trouble: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return store;
}

function etagOf(body: Buffer | undefined): string {
  return `"${createHash('md5')
    .update(body ?? '')
    .digest('hex')}"`;
}

function isSigned({ method = '', headers }: IncomingMessage, url: URL, body: Buffer, secret: string): boolean {
  const [, day = '', region = '', signed = '', signature] =
    /Credential=[^/]+\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)/.exec(
      headers.authorization ?? '',
    ) ?? [];
  const sum = createHash('sha256').update(body).digest('hex');
  if (headers['x-amz-content-sha256'] !== sum) return false;
  const encode = (text: string) =>
    encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const query = [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const lines = signed.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [method, url.pathname, query, lines.join(''), signed, sum].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = [
    'AWS4-HMAC-SHA256',
    headers['x-amz-date'],
    scope,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(
    (from, part) => createHmac('sha256', from).update(part).digest(),
    `AWS4${secret}`,
  );
  return createHmac('sha256', key).update(text).digest('hex') === signature;
}
