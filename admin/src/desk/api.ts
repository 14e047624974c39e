/** What the desk asks of the server; everything it shows is what the person in the phone would get. */

import type { DistrictView, Login, Messages, Personas } from '../api/types.ts';

export type { Message, Persona } from '../api/types.ts';

export class ServerRefusal extends Error {}

async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const answer = await fetch(`/api${path}`, {
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  });
  const body = (await answer.json()) as T & { error?: { message: string } };
  if (!answer.ok)
    throw new ServerRefusal(body.error?.message ?? `服务器没有正常回答（${answer.status}），请稍后再试。`);
  return body;
}

export const loadPersonas = (): Promise<Personas> => ask('/demo/personas');

export const loadDistrict = (): Promise<DistrictView> => ask('/district');

export const signIn = (login: string): Promise<Login> =>
  ask('/demo/login', { method: 'POST', body: JSON.stringify({ login }) });

export const loadInbox = (token: string): Promise<Messages> =>
  ask('/messages', { headers: { authorization: `Bearer ${token}` } });

export const markRead = async (token: string, id: string): Promise<void> => {
  await fetch(`/api/messages/${id}/read`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
};
