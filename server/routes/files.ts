/** Attachments: up as a stream, down as a download and never as a page. */
import type { Deps } from '../app.ts';
import { addFile } from '../commands/addFile.ts';
import { newId } from '../db/ids.ts';
import { receive } from '../integrations/files/receive.ts';
import { fileFor, refuseUnlessAddable } from '../queries/fileFor.ts';
import { IdParams } from './contract/common.ts';
import { UploadBody, UploadedFile } from './contract/files.ts';
import { route, type Route } from './guard.ts';

/** A name for every browser: plain letters for the old, UTF-8 for the rest (RFC 6266). */
const attachment = (name: string): string => {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
};

export const filesRoutes = ({ db, store }: Pick<Deps, 'db' | 'store'>): Route[] => [
  route({
    method: 'post',
    path: '/cases/:id/files',
    name: 'addFile',
    policy: 'signedIn',
    summary: '上传附件（先 noSecret=true，后文件）',
    tags: ['files'],
    params: IdParams,
    body: UploadBody,
    streams: 'multipart/form-data',
    response: UploadedFile,
    handler: async ({ person, params, now, ctx }) => {
      await refuseUnlessAddable(db, person, params.id);
      const id = newId(now);
      const received = await receive(ctx.req, store, id);
      try {
        await addFile(db, person, { id, caseId: params.id, ...received }, now);
      } catch (error) {
        await store.remove(id);
        throw error;
      }
      return { id, name: received.name, size: received.size };
    },
  }),
  route({
    method: 'get',
    path: '/files/:id',
    name: 'readFile',
    policy: 'signedIn',
    summary: '下载附件',
    tags: ['files'],
    params: IdParams,
    response: 'file',
    handler: async ({ person, params, now, ctx }) => {
      const file = await fileFor(db, person, params.id, now);
      ctx.body = await store.read(file.id);
      ctx.type = file.mime;
      ctx.length = file.size;
      ctx.set('Content-Disposition', attachment(file.name));
      ctx.set('Content-Security-Policy', "default-src 'none'; sandbox");
      return undefined;
    },
  }),
];
