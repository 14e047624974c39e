/** Attachments: sent with the promise that they are not secret in front, opened with one's own session. */
import Taro from '@tarojs/taro';
import type { PickedFile, StoredFile, Uploads } from '../fields/index.ts';
import { host, HostError } from '../host/index.ts';
import { ApiError } from './client.ts';
import { keptToken } from './token.ts';
import type { ErrorBody } from './types.ts';

const OFFLINE = '附件没有传完，请检查网络后重新上传。';
const UNOPENED = '附件打不开，请检查网络后重试';

/** A stored file never changes, so one answer serves until the app is closed. */
const pictures = new Map<string, Promise<string>>();

/** Uploads for one case, in the shape the file field asks for. */
export function uploadsFor(caseId: string): Uploads {
  return {
    upload: (file, onProgress) => send(`${API_BASE}/cases/${caseId}/files`, file, onProgress),
    open: (id, name) => {
      host.openFile(`${API_BASE}/files/${id}`, authorization(), name).catch((reason: unknown) => {
        void Taro.showToast({ title: reason instanceof HostError ? reason.message : UNOPENED, icon: 'none' });
      });
    },
    picture,
  };
}

function picture(id: string): Promise<string> {
  const known = pictures.get(id);
  if (known) return known;
  const asked = host.pictureOf(`${API_BASE}/files/${id}`, authorization());
  pictures.set(id, asked);
  asked.catch(() => pictures.delete(id));
  return asked;
}

function authorization(): Record<string, string> {
  const kept = keptToken();
  return kept ? { Authorization: `Bearer ${kept.token}` } : {};
}

async function send(url: string, file: PickedFile, onProgress: (percent: number) => void): Promise<StoredFile> {
  let answer: { status: number; text: string };
  try {
    answer = await host.upload(url, file, authorization(), onProgress);
  } catch {
    throw new ApiError('offline', OFFLINE, 0);
  }
  return storedIn(answer);
}

function storedIn({ status, text }: { status: number; text: string }): StoredFile {
  const body = bodyOf(text);
  if (body === null) throw new ApiError('unavailable', OFFLINE, status);
  if ('error' in body) throw new ApiError(body.error.code, body.error.message, status, body.error.article);
  return body;
}

/** Null when what answered was not our server but something in between. */
function bodyOf(text: string): StoredFile | ErrorBody | null {
  try {
    return JSON.parse(text) as StoredFile | ErrorBody;
  } catch {
    return null;
  }
}
