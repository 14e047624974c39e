import Taro from '@tarojs/taro';
import type { PickedFile } from './context.ts';

/** Lets the person choose one file: from the chat in WeChat, from the phone in a browser. Null when they change their mind. */
export async function pickFile(extensions: string[]): Promise<PickedFile | null> {
  return process.env.TARO_ENV === 'h5' ? pickInBrowser(extensions) : pickInMiniProgram(extensions);
}

function pickInBrowser(extensions: string[]): Promise<PickedFile | null> {
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

async function pickInMiniProgram(extensions: string[]): Promise<PickedFile | null> {
  const { tempFiles } = await Taro.chooseMessageFile({ count: 1, type: 'file', extension: extensions });
  const file = tempFiles[0];
  return file ? { name: file.name, size: file.size, path: file.path } : null;
}
