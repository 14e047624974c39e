import Taro from '@tarojs/taro';

/** Who is signed in here. The login is kept so that a frame opened for a persona knows whether it is already theirs. */
export interface Kept {
  token: string;
  login: string;
}

/**
 * Two frames of one page are two different people: on H5 the name of the frame is part of the storage key.
 * Mini-programs have one person each.
 */
export function storageKey(name: string): string {
  const frame = process.env.TARO_ENV === 'h5' ? window.name : '';
  return frame ? `xy.${frame}.${name}` : `xy.${name}`;
}

export function keptToken(): Kept | null {
  const kept = Taro.getStorageSync<Kept | ''>(storageKey('session'));
  return kept ? kept : null;
}

export function keepToken(kept: Kept): void {
  Taro.setStorageSync(storageKey('session'), kept);
}

export function dropToken(): void {
  Taro.removeStorageSync(storageKey('session'));
}
