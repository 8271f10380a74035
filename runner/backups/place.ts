import { InputError } from '../../core/input-error.ts';

/** Where exports go: a folder of the runner's machine, or a bucket. */
export type BackupPlace = string | ObjectStore;

/** A bucket of an S3-compatible store, with what it takes to write there. */
export interface ObjectStore {
  /** `https://host/bucket`, or with a folder behind it. */
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws `InputError` for an address that cannot be used; the message holds nothing of it. */
export function readBackupPlace(env: Environment): BackupPlace | undefined {
  const place = env['SLUICE_BACKUPS'];
  if (place === undefined || place === '') return undefined;
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(place)) return place;
  const url = URL.canParse(place) ? new URL(place) : undefined;
  const isSafe =
    url?.protocol === 'https:' ||
    (url?.protocol === 'http:' && /^(127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname));
  if (
    url === undefined ||
    !isSafe ||
    url.username !== '' ||
    url.search !== '' ||
    url.hash !== '' ||
    url.pathname === '/'
  ) {
    throw new InputError('SLUICE_BACKUPS is neither a folder nor the address of a bucket', {
      remedy:
        'Write https://host/bucket or https://host/bucket/folder; credentials go into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    });
  }
  const [accessKeyId, secretAccessKey] = [env['AWS_ACCESS_KEY_ID'] ?? '', env['AWS_SECRET_ACCESS_KEY'] ?? ''];
  if (accessKeyId === '' || secretAccessKey === '') {
    throw new InputError('SLUICE_BACKUPS is a bucket, and there are no credentials for it', {
      remedy: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN, where there is one).',
    });
  }
  return {
    url: url.href.replace(/\/+$/, ''),
    region: env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || 'us-east-1',
    accessKeyId,
    secretAccessKey,
    sessionToken: env['AWS_SESSION_TOKEN'] || undefined,
  };
}
