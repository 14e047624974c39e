/** The log: one JSON line per event, without tokens and without telephone numbers. */
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
const BEARER = /Bearer\s+[\w.~+/=-]+/gi;
const PASSWORD = /(\/\/[^\s/:@]*):[^\s/@]*@/g;

/** Telephone numbers, tokens and passwords inside a sentence, a stack or a database error. */
const mask = (text: string): string =>
  text.replace(MOBILE, '$1****$2').replace(BEARER, `Bearer ${CENSOR}`).replace(PASSWORD, `$1:${CENSOR}@`);

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
