/** The log: one JSON line per event, without tokens and without telephone or identity numbers. */
import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';

export type { Logger };

const SECRET_KEYS = [
  'authorization',
  'cookie',
  'token',
  'tokenHash',
  'token_hash',
  'phone',
  'password',
  'idempotencyKey',
];

const CENSOR = '[已隐去]';
const MOBILE = /(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)/g;
const LANDLINE = /(?<![\w-])(0\d{2,3}-)\d{5,6}(\d{2})(?![\w-])/g;
const ID_CARD = /(?<![\w-])([1-9]\d{2})\d{11}(\d{3}[\dXx])(?![\w-])/g;
const BEARER = /Bearer\s+[\w.~+/=-]+/gi;
const PASSWORD = /(\/\/[^\s/:@]*):[^\s/@]*@/g;

/** Telephone and identity numbers, tokens and passwords inside a sentence, a stack or a database error. */
const mask = (text: string): string =>
  text
    .replace(MOBILE, '$1****$2')
    .replace(LANDLINE, '$1*****$2')
    .replace(ID_CARD, '$1***********$2')
    .replace(BEARER, `Bearer ${CENSOR}`)
    .replace(PASSWORD, `$1:${CENSOR}@`);

/** How deep what is logged is looked through; below that nothing of it is written. */
const DEEPEST = 4;

/** The same for every text of what is logged; errors have serializers of their own. */
const maskWithin = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return mask(value);
  if (typeof value !== 'object' || value === null || value instanceof Error) return value;
  if (depth === DEEPEST) return CENSOR;
  if (Array.isArray(value)) return value.map((item) => maskWithin(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskWithin(item, depth + 1)]));
};

const maskError = (error: unknown): unknown => {
  if (!(error instanceof Error)) return error;
  const { type, message, stack } = stdSerializers.err(error);
  return { type, message: mask(message), stack: mask(stack ?? '') };
};

/** A logger for the whole process; tests pass their own destination to read what was written. */
export const createLog = (level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: null,
      redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: CENSOR },
      formatters: { log: (line) => maskWithin(line) as Record<string, unknown> },
      serializers: { err: maskError, error: maskError },
      hooks: {
        logMethod(args, method) {
          const masked = args.map((arg: unknown) => (typeof arg === 'string' ? mask(arg) : arg)) as typeof args;
          method.apply(this, masked);
        },
      },
    },
    ...(destination ? [destination] : []),
  );
