/** Who is using the app here and now: one small store read by every page. */
import { useSyncExternalStore } from 'react';
import * as api from './api/calls.ts';
import { ApiError } from './api/client.ts';
import { dropToken, keepToken, keptToken } from './api/token.ts';
import type { Me } from './api/types.ts';

let me: Me | null = null;
const watchers = new Set<() => void>();

function become(next: Me | null): void {
  me = next;
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Null until `refreshMe` has answered. */
export function useMe(): Me | null {
  return useSyncExternalStore(watch, () => me);
}

export function isSignedIn(): boolean {
  return keptToken() !== null;
}

/** Counts and seats change while the app is open; pages call this when they come to the front. */
export async function refreshMe(): Promise<Me> {
  const answer = await api.me();
  become(answer);
  return answer;
}

/** Signs in as a demo persona, unless this frame already is that person. */
export async function signIn(login: string): Promise<void> {
  if (keptToken()?.login === login && (await stillKnown())) return;
  dropToken();
  const { token } = await api.demoLogin(login);
  keepToken({ token, login });
  become(null);
}

async function stillKnown(): Promise<boolean> {
  try {
    await refreshMe();
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return false;
    throw error;
  }
}

/** The session is forgotten here even when the server cannot be reached to forget it too. */
export async function signOut(): Promise<void> {
  try {
    await api.endSession();
  } finally {
    dropToken();
    become(null);
  }
}
