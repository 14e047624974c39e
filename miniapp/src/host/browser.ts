import Taro from '@tarojs/taro';
import type { PickedFile } from '../fields/context.ts';
import type { Host } from './host.ts';

/** H5: every browser, also the ones inside WeChat and DingTalk. */
export const browser: Host = {
  request: (asked) => Taro.request<unknown>(asked),
  pickFile,
  upload,
  openFile,
  scrollTo(id, to) {
    const element = document.getElementById(id);
    // Of something tall the middle says nothing: what is wrong stands at its top.
    const tall = (element?.offsetHeight ?? 0) > window.innerHeight / 2;
    element?.scrollIntoView({ block: to === 'top' || tall ? 'start' : 'center' });
  },
  watchNetwork(hear) {
    const listen = ({ isConnected }: { isConnected: boolean }) => hear(isConnected);
    Taro.onNetworkStatusChange(listen);
    return () => Taro.offNetworkStatusChange(listen);
  },
};

function pickFile(extensions: string[]): Promise<PickedFile | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = extensions.map((extension) => `.${extension}`).join(',');
    input.addEventListener('cancel', () => resolve(null));
    input.addEventListener('change', () => {
      const file = input.files?.[0];
      resolve(file ? { name: file.name, size: file.size, path: URL.createObjectURL(file), blob: file } : null);
    });
    input.click();
  });
}

/** The browser's own form, whose fields keep their order. */
function upload(
  url: string,
  file: PickedFile,
  header: Record<string, string>,
  onProgress: (percent: number) => void,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const { blob } = file;
    if (!blob) throw new Error('a browser picks files with their content');
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append('noSecret', 'true');
    form.append('file', blob, file.name);
    request.open('POST', url);
    for (const [name, value] of Object.entries(header)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(Math.round((loaded / total) * 100));
    request.onerror = () => reject(new Error('the upload broke off'));
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.send(form);
  });
}

async function openFile(url: string, header: Record<string, string>, name: string): Promise<void> {
  const answer = await fetch(url, { headers: header });
  if (!answer.ok) throw new Error(`the file was answered ${answer.status}`);
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
