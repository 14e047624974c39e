/** Which files are taken: by the extension people see, confirmed by what the file really holds. */
import { fileTypeFromBuffer } from 'file-type';
import { extensionOf } from './names.ts';

/** How much of the beginning and of the end of a file a check may look at. */
export const HEAD_BYTES = 4100;
export const TAIL_BYTES = 64 * 1024;

interface Kind {
  mime: string;
  /** What file-type may call it; containers are looked into further. */
  detected: string[];
  /** A file the container must hold; its name stands in clear in a ZIP's directory, at the end. */
  holds?: string;
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const ZIP = ['zip', 'docx', 'xlsx', 'pptx'];

const KINDS: Record<string, Kind> = {
  pdf: { mime: 'application/pdf', detected: ['pdf'] },
  ofd: { mime: 'application/ofd', detected: ZIP, holds: 'OFD.xml' },
  doc: { mime: 'application/msword', detected: ['cfb'] },
  docx: { mime: `${OFFICE}.wordprocessingml.document`, detected: ZIP, holds: 'word/document.xml' },
  xls: { mime: 'application/vnd.ms-excel', detected: ['cfb'] },
  xlsx: { mime: `${OFFICE}.spreadsheetml.sheet`, detected: ZIP, holds: 'xl/workbook.xml' },
  wps: { mime: 'application/vnd.ms-works', detected: ['cfb'] },
  et: { mime: 'application/vnd.ms-excel', detected: ['cfb'] },
  jpg: { mime: 'image/jpeg', detected: ['jpg'] },
  jpeg: { mime: 'image/jpeg', detected: ['jpg'] },
  png: { mime: 'image/png', detected: ['png'] },
};

export const ALLOWED = 'PDF、OFD、Word、Excel、WPS、JPG、PNG';

/** The kind the name claims, or null when no such file is taken. */
export const kindOf = (name: string): Kind | null => {
  const extension = extensionOf(name);
  return Object.hasOwn(KINDS, extension) ? (KINDS[extension] ?? null) : null;
};

/** Does the content agree with the name? */
export const agrees = async (kind: Kind, head: Uint8Array, tail: Buffer): Promise<boolean> => {
  const found = await fileTypeFromBuffer(head);
  if (!found || !kind.detected.includes(found.ext)) return false;
  return kind.holds === undefined || tail.includes(kind.holds);
};
