import Taro from '@tarojs/taro';
import type { PickedFile } from '../fields/context.ts';
import { FINENESS, INK } from './host.ts';
import type { Box, Host, Pen } from './host.ts';
import { paperOn } from './paper.ts';

/** H5: every browser, also the ones inside WeChat and DingTalk. */
export const browser: Host = {
  request: (asked) => Taro.request<unknown>(asked),
  pickFile,
  upload,
  openFile,
  pictureOf,
  penOn,
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

async function pictureOf(url: string, header: Record<string, string>): Promise<string> {
  const answer = await fetch(url, { headers: header });
  if (!answer.ok) throw new Error(`the picture was answered ${answer.status}`);
  return URL.createObjectURL(await answer.blob());
}

function penOn(id: string): Promise<Pen> {
  const canvas = document.getElementById(id);
  if (!(canvas instanceof HTMLCanvasElement)) return Promise.reject(new Error('there is no canvas'));
  const { offsetWidth: width, offsetHeight: height } = canvas;
  canvas.width = width * FINENESS;
  canvas.height = height * FINENESS;
  const context = canvas.getContext('2d');
  if (!context) return Promise.reject(new Error('the canvas cannot be drawn on'));
  context.scale(FINENESS, FINENESS);
  const paper = paperOn(context, width, height);
  return Promise.resolve({ width, height, ...paper, picture: (name, box) => cutOut(canvas, name, box) });
}

function cutOut(canvas: HTMLCanvasElement, name: string, { x, y, width, height }: Box) {
  const [left, top, across, down] = [x, y, width, height].map((pixels) => pixels * FINENESS) as [
    number,
    number,
    number,
    number,
  ];
  const part = document.createElement('canvas');
  part.width = across;
  part.height = down;
  const context = part.getContext('2d');
  if (context) {
    context.fillStyle = INK.paper;
    context.fillRect(0, 0, across, down);
    context.drawImage(canvas, left, top, across, down, 0, 0, across, down);
  }
  return new Promise<PickedFile>((resolve, reject) => {
    part.toBlob((blob) => {
      if (blob) resolve({ name, size: blob.size, path: URL.createObjectURL(blob), blob });
      else reject(new Error('the canvas gave no picture'));
    }, 'image/png');
  });
}
