/** What WeChat (`wx`) and DingTalk (`dd`) offer an app, as far as ours asks for it. Requests are real. */

export interface Device {
  /** The one address the app may talk to, as in the host's list of domains. */
  allowed: string;
  /** Where that address really is. */
  server: string;
  parse: (text: string) => unknown;
  navigate: (how: 'reLaunch' | 'redirectTo' | 'navigateTo', url: string) => void;
  back: () => void;
  /** Something was shown or said outside the page. */
  said: (words: string) => void;
}

type Options = Record<string, unknown> & {
  success?: (result: object) => void;
  fail?: (failure: object) => void;
  complete?: (result: object) => void;
};

interface Sent {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** Sends what the app asked; resolves with the server's answer as text. */
async function send(device: Device, { url, method, headers, body }: Sent) {
  if (!url.startsWith(`${device.allowed}/`)) throw new Error(`${url} is not in the list of domains`);
  const answer = await fetch(device.server + url.slice(device.allowed.length), {
    method,
    headers,
    ...(body ? { body } : {}),
  });
  const text = await answer.text();
  const isJson = (answer.headers.get('content-type') ?? '').includes('json');
  return {
    status: answer.status,
    data: isJson ? device.parse(text) : text,
    headers: Object.fromEntries(answer.headers),
  };
}

const done = (options: Options, result: object = {}) => {
  options.success?.(result);
  options.complete?.(result);
};
const failed = (options: Options, failure: object) => {
  options.fail?.(failure);
  options.complete?.(failure);
};

/** Measures the screen; on this one everything is at the top. */
function newQuery(): object {
  const same = () => query;
  const query = {
    select: same,
    boundingClientRect: same,
    selectViewport: same,
    scrollOffset: same,
    exec: (then: (found: object[]) => void) => then([{ top: 0 }, { scrollTop: 0 }]),
  };
  return query;
}

/** What both have under the same name. */
function common(device: Device) {
  const route = (how: 'reLaunch' | 'redirectTo' | 'navigateTo') => (options: Options) => {
    device.navigate(how, String(options.url));
    done(options);
  };
  return {
    reLaunch: route('reLaunch'),
    redirectTo: route('redirectTo'),
    navigateTo: route('navigateTo'),
    navigateBack: (options: Options) => {
      device.back();
      done(options);
    },
    createSelectorQuery: newQuery,
    pageScrollTo: (options: Options) => done(options),
    stopPullDownRefresh: (options: Options) => done(options),
    hideToast: (options: Options) => done(options),
    getSystemInfoSync: () => ({ platform: 'android', SDKVersion: '3.0.0', windowWidth: 375, windowHeight: 700 }),
  };
}

/** WeChat's own: whatever the server answers, a refusal too, is a success. */
export function weChat(device: Device, storage: Map<string, string>) {
  return {
    ...common(device),
    request(options: Options) {
      const { url, method = 'GET', header = {}, data } = options;
      send(device, { url, method, headers: header, body: data } as Sent).then(
        ({ status, data: body, headers }) =>
          done(options, { statusCode: status, data: body, header: headers, errMsg: 'request:ok' }),
        (reason: Error) => failed(options, { errMsg: `request:fail ${reason.message}` }),
      );
      return { abort: () => undefined };
    },
    getStorageSync: (key: string) => (storage.has(key) ? device.parse(storage.get(key) ?? '') : ''),
    setStorageSync: (key: string, value: unknown) => void storage.set(key, JSON.stringify(value)),
    removeStorageSync: (key: string) => void storage.delete(key),
    onNetworkStatusChange: () => undefined,
    offNetworkStatusChange: () => undefined,
    setNavigationBarTitle(options: Options) {
      device.said(String(options.title));
      done(options);
    },
    showToast(options: Options) {
      device.said(String(options.title));
      done(options);
    },
  };
}

/** DingTalk's own: other names, and every status but 2xx is a failure that carries the answer. */
export function dingTalk(device: Device, storage: Map<string, string>) {
  const offered = {
    ...common(device),
    httpRequest(options: Options) {
      const { url, method = 'GET', headers = {}, data } = options;
      send(device, { url, method, headers, body: data } as Sent).then(
        (answer) => {
          if (answer.status < 300) done(options, answer);
          else failed(options, { error: 19, errorMessage: 'http status error', ...answer });
        },
        (reason: Error) => failed(options, { error: 12, errorMessage: reason.message }),
      );
      return { abort: () => undefined };
    },
    getStorageSync: ({ key }: { key: string }) => ({
      data: storage.has(key) ? device.parse(storage.get(key) ?? '') : null,
    }),
    setStorageSync: ({ key, data }: { key: string; data: unknown }) => void storage.set(key, JSON.stringify(data)),
    removeStorageSync: ({ key }: { key: string }) => void storage.delete(key),
    setNavigationBar(options: Options) {
      device.said(String(options.title));
      done(options);
    },
    showToast(options: Options) {
      device.said(String(options.content));
      done(options);
    },
    canIUse: (name: string): boolean => Object.hasOwn(offered, name),
  };
  return offered;
}
