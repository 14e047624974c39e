/** Attachments: sent as multipart, read back as a download. */
import Type, { type Static } from 'typebox';
import { inline, record } from './shape.ts';

/** Documents the parts of the multipart body; the upload itself is judged while it streams. */
export const UploadBody = inline({
  noSecret: Type.Literal('true', { title: '确认不涉密', description: 'Must come before the file part' }),
  file: Type.Unsafe<Uint8Array>({ type: 'string', title: '文件', contentMediaType: 'application/octet-stream' }),
});

export const UploadedFile = record('UploadedFile', {
  id: Type.String(),
  name: Type.String(),
  size: Type.Integer(),
});
export type UploadedFile = Static<typeof UploadedFile>;
