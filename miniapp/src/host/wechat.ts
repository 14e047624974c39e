import Taro from '@tarojs/taro';
import type { PickedFile } from '../fields/context.ts';
import { extensionOf, FINENESS, HostError, PICTURES } from './host.ts';
import type { Host, Pen } from './host.ts';
import { isCancelled, scrollTo, watchNetwork } from './miniProgram.ts';
import { paperOn } from './paper.ts';

const DOCUMENTS = ['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'pdf'] as const;

export const weChat: Host = {
  request: (asked) => Taro.request<unknown>(asked),
  pickFile,
  scrollTo,
  watchNetwork,
  async upload(url, file, header, onProgress) {
    const task = Taro.uploadFile({
      url,
      filePath: file.path,
      name: 'file',
      fileName: file.name,
      formData: { noSecret: 'true' },
      header,
    });
    task.progress(({ progress }) => onProgress(progress));
    const { statusCode, data } = await task;
    return { status: statusCode, text: data };
  },
  openFile,
  pictureOf,
  penOn,
};

/** Files reach a phone through chats; WeChat offers no other way to pick one. */
async function pickFile(extensions: string[]): Promise<PickedFile | null> {
  try {
    const { tempFiles } = await Taro.chooseMessageFile({ count: 1, type: 'file', extension: extensions });
    const file = tempFiles[0];
    return file ? { name: file.name, size: file.size, path: file.path } : null;
  } catch (reason) {
    if (isCancelled(reason)) return null;
    throw new HostError('微信没有打开文件列表，请先把文件发到任意聊天（如“文件传输助手”），再重试。');
  }
}

async function openFile(url: string, header: Record<string, string>, name: string): Promise<void> {
  const { statusCode, tempFilePath } = await Taro.downloadFile({ url, header });
  if (statusCode !== 200) throw new Error(`the file was answered ${statusCode}`);
  const extension = extensionOf(name);
  const fileType = DOCUMENTS.find((known) => known === extension);
  if (fileType) await Taro.openDocument({ filePath: tempFilePath, fileType, showMenu: true });
  else if (PICTURES.includes(extension)) await Taro.previewImage({ urls: [tempFilePath] });
  else throw new HostError(`微信打不开 ${extension} 文件，请在电脑上查看。`);
}

async function pictureOf(url: string, header: Record<string, string>): Promise<string> {
  const { statusCode, tempFilePath } = await Taro.downloadFile({ url, header });
  if (statusCode !== 200) throw new Error(`the picture was answered ${statusCode}`);
  return tempFilePath;
}

interface CanvasNode {
  node: HTMLCanvasElement;
  width: number;
  height: number;
}

function penOn(id: string): Promise<Pen> {
  return new Promise((resolve, reject) => {
    const found = ([canvas]: [CanvasNode | null]) => {
      const context = canvas?.node.getContext('2d');
      if (!canvas || !context) return reject(new HostError('微信版本过低，不能手写签名，请更新微信后再试。'));
      const { node, width, height } = canvas;
      node.width = width * FINENESS;
      node.height = height * FINENESS;
      context.scale(FINENESS, FINENESS);
      resolve({
        width,
        height,
        ...paperOn(context, width, height),
        async picture(name, box) {
          const destination = { destWidth: box.width * FINENESS, destHeight: box.height * FINENESS };
          const canvasItself = { canvas: node as unknown as Taro.Canvas };
          const { tempFilePath } = await Taro.canvasToTempFilePath({
            ...canvasItself,
            ...box,
            ...destination,
            fileType: 'png',
          });
          return { name, size: null, path: tempFilePath };
        },
      });
    };
    // The canvas is there once the page has been drawn.
    Taro.nextTick(() => {
      Taro.createSelectorQuery().select(`#${id}`).fields({ node: true, size: true }).exec(found);
    });
  });
}
