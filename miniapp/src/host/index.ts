import { browser } from './browser.ts';
import { dingTalk } from './dingtalk.ts';
import type { Host } from './host.ts';
import { weChat } from './wechat.ts';

/** Chosen by the build: the other two are not in it. */
export const host: Host = process.env.TARO_ENV === 'h5' ? browser : process.env.TARO_ENV === 'dd' ? dingTalk : weChat;

export { HostError } from './host.ts';
