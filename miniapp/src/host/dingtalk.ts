import Taro from '@tarojs/taro';
import type { PickedFile } from '../fields/context.ts';
import { extensionOf, FINENESS, HostError, INK, PICTURES } from './host.ts';
import type { Answered, Host, Pen } from './host.ts';
import { isCancelled, scrollTo, watchNetwork } from './miniProgram.ts';

const REFUSED = 19;

/** What DingTalk says when the server refused: it counts any status but 2xx as a failure. */
interface Failure {
  error?: number;
  status?: number;
  data?: unknown;
}

export const dingTalk: Host = {
  async request(asked) {
    try {
      return await Taro.request<unknown>(asked);
    } catch (reason) {
      return refusalIn(reason);
    }
  },
  pickFile,
  scrollTo,
  watchNetwork,
  async upload(url, file, header) {
    // DingTalk wants to be told what kind of file it is, and tells no progress.
    const kind: object = { fileType: 'image' };
    const { statusCode, data } = await Taro.uploadFile({
      url,
      filePath: file.path,
      name: 'file',
      formData: { noSecret: 'true' },
      header,
      ...kind,
    });
    return { status: statusCode, text: data };
  },
  async openFile(url, header, name) {
    const extension = extensionOf(name);
    if (!PICTURES.includes(extension)) throw new HostError(`钉钉小程序打不开 ${extension} 文件，请在电脑上查看。`);
    const answer: { tempFilePath?: string; filePath?: string } = await Taro.downloadFile({ url, header });
    const path = answer.filePath ?? answer.tempFilePath;
    if (!path) throw new Error('DingTalk named no file');
    await Taro.previewImage({ urls: [path] });
  },
  async pictureOf(url, header) {
    const answer: { tempFilePath?: string; filePath?: string } = await Taro.downloadFile({ url, header });
    const path = answer.filePath ?? answer.tempFilePath;
    if (!path) throw new Error('DingTalk named no file');
    return path;
  },
  penOn,
};

/** A refusal of the server is an answer; anything else stays a failure. */
function refusalIn(reason: unknown): Answered {
  const { error, status, data } = (reason ?? {}) as Failure;
  if (error !== REFUSED && status === undefined) throw reason;
  return { statusCode: status ?? 500, data: typeof data === 'string' ? parsed(data) : data };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not one of our refusals: a proxy's page, say. Nothing in it is for people.
    return null;
  }
}

/** A DingTalk mini-program can hand on pictures only; documents go another way. */
async function pickFile(extensions: string[]): Promise<PickedFile | null> {
  if (!extensions.some((extension) => PICTURES.includes(extension))) {
    throw new HostError(
      `钉钉小程序只能上传图片，这里要 ${extensions.join('、')}。请在电脑或手机浏览器打开本系统上传，已填的内容会保留。`,
    );
  }
  try {
    const picked: { tempFilePaths?: string[]; filePaths?: string[] } = await Taro.chooseImage({ count: 1 });
    const path = (picked.filePaths ?? picked.tempFilePaths)?.[0];
    return path ? { name: path.slice(path.lastIndexOf('/') + 1), size: null, path } : null;
  } catch (reason) {
    if (isCancelled(reason)) return null;
    throw new HostError('没有打开相册或相机，请在手机设置里允许钉钉使用后重试。');
  }
}

/** DingTalk's own way to a canvas: what is drawn appears when it is told to. */
interface Drawing extends Taro.CanvasContext {
  toTempFilePath?: (asked: object) => void;
}

function penOn(id: string): Promise<Pen> {
  return new Promise((resolve, reject) => {
    const begin = ([size]: [{ width: number; height: number } | null]) => {
      const { createCanvasContext: take } = Taro as Partial<typeof Taro>;
      const context: Drawing | undefined = take?.(id);
      if (!size || !context?.toTempFilePath) {
        return reject(new HostError('钉钉版本过低，不能手写签名。请更新钉钉，或在浏览器打开本系统签名。'));
      }
      const { width, height } = size;
      const clear = () => {
        context.setFillStyle(INK.paper);
        context.fillRect(0, 0, width, height);
        void context.draw();
      };
      clear();
      resolve({ width, height, clear, ...writingWith(context) });
    };
    Taro.nextTick(() => Taro.createSelectorQuery().select(`#${id}`).boundingClientRect().exec(begin));
  });
}

function writingWith(context: Drawing): Pick<Pen, 'curve' | 'picture'> {
  return {
    curve(from, towards, to) {
      context.setLineWidth(INK.width);
      context.setLineCap('round');
      context.setStrokeStyle(INK.colour);
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.quadraticCurveTo(towards.x, towards.y, to.x, to.y);
      context.stroke();
      void context.draw(true);
    },
    picture: (name, box) =>
      new Promise((resolve, reject) => {
        context.toTempFilePath?.({
          ...box,
          destWidth: box.width * FINENESS,
          destHeight: box.height * FINENESS,
          fileType: 'png',
          success({ filePath, apFilePath }: { filePath?: string; apFilePath?: string }) {
            const path = filePath ?? apFilePath;
            if (path) resolve({ name, size: null, path });
            else reject(new Error('DingTalk named no file'));
          },
          fail: () => reject(new HostError('签名没有生成，请再写一次。')),
        });
      }),
  };
}
