/** Attachments: sent with the promise that they are not secret in front, opened as downloads with one's own session. */
import Taro from '@tarojs/taro';
import type { PickedFile, StoredFile, Uploads } from '../fields/index.ts';
import { ApiError } from './client.ts';
import { keptToken } from './token.ts';
import type { ErrorBody } from './types.ts';

const OFFLINE = '附件没有传完，请检查网络后重新上传。';

/** Uploads for one case, in the shape the file field asks for. */
export function uploadsFor(caseId: string): Uploads {
  const url = `${API_BASE}/cases/${caseId}/files`;
  return {
    upload: (file, onProgress) =>
      file.blob ? sendBlob(url, file, file.blob, onProgress) : sendPath(url, file, onProgress),
    open: (id) => {
      openFile(id).catch(() => void Taro.showToast({ title: '附件打不开，请检查网络后重试', icon: 'none' }));
    },
  };
}

function authorization(): Record<string, string> {
  const kept = keptToken();
  return kept ? { Authorization: `Bearer ${kept.token}` } : {};
}

function answerOf(status: number, text: string): StoredFile {
  const body = JSON.parse(text) as StoredFile | ErrorBody;
  if ('error' in body) throw new ApiError(body.error.code, body.error.message, status, body.error.article);
  return body;
}

/** H5: the browser's own form, whose fields keep their order. */
function sendBlob(
  url: string,
  file: PickedFile,
  blob: Blob,
  onProgress: (percent: number) => void,
): Promise<StoredFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append('noSecret', 'true');
    form.append('file', blob, file.name);
    request.open('POST', url);
    for (const [name, value] of Object.entries(authorization())) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(Math.round((loaded / total) * 100));
    request.onerror = () => reject(new ApiError('offline', OFFLINE, 0));
    request.onload = () => {
      try {
        resolve(answerOf(request.status, request.responseText));
      } catch (error) {
        reject(error instanceof ApiError ? error : new ApiError('unavailable', OFFLINE, request.status));
      }
    };
    request.send(form);
  });
}

/** Mini-programs: a temporary path. */
async function sendPath(url: string, file: PickedFile, onProgress: (percent: number) => void): Promise<StoredFile> {
  const task = Taro.uploadFile({
    url,
    filePath: file.path,
    name: 'file',
    fileName: file.name,
    formData: { noSecret: 'true' },
    header: authorization(),
  });
  task.progress(({ progress }) => onProgress(progress));
  try {
    const { statusCode, data } = await task;
    return answerOf(statusCode, data);
  } catch (error) {
    throw error instanceof ApiError ? error : new ApiError('offline', OFFLINE, 0);
  }
}

async function openFile(id: string): Promise<void> {
  const url = `${API_BASE}/files/${id}`;
  if (process.env.TARO_ENV === 'h5') return save(await fetch(url, { headers: authorization() }));
  const { tempFilePath } = await Taro.downloadFile({ url, header: authorization() });
  await Taro.openDocument({ filePath: tempFilePath, showMenu: true });
}

async function save(answer: Response): Promise<void> {
  if (!answer.ok) throw new ApiError('unavailable', OFFLINE, answer.status);
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = nameIn(answer.headers.get('Content-Disposition') ?? '');
  link.click();
  URL.revokeObjectURL(address);
}

/** `attachment; filename*=UTF-8''…` */
function nameIn(disposition: string): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  return encoded ? decodeURIComponent(encoded) : '附件';
}
