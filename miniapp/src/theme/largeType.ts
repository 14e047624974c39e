import Taro from '@tarojs/taro';
import { useSyncExternalStore } from 'react';
import { storageKey } from '../api/token.ts';

const watchers = new Set<() => void>();

function read(): boolean {
  return Taro.getStorageSync<boolean | ''>(storageKey('largeType')) === true;
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Whether this person reads in large type (× 1.3). */
export function useLargeType(): boolean {
  return useSyncExternalStore(watch, read);
}

export function setLargeType(on: boolean): void {
  Taro.setStorageSync(storageKey('largeType'), on);
  for (const watcher of watchers) watcher();
}
