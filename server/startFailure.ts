/** What the person who starts the system is told when it does not start. */
import { whyUnusable } from './db/unusable.ts';
import { EnvMistakes } from './env.ts';

/** Node's code of a failed `listen`, by what to do about it. */
const LISTENING: Record<string, (port: number) => string> = {
  EADDRINUSE: (port) => `端口 ${port} 已被占用，请改 PORT，或先停止占用它的程序`,
  EACCES: (port) => `没有权限使用端口 ${port}，请改 PORT 为 1024 以上的端口`,
  EADDRNOTAVAIL: () => '本机没有 HOST 所写的地址，请改 HOST，例如 127.0.0.1 或 0.0.0.0',
  ENOTFOUND: () => '找不到 HOST 所写的主机名，请改 HOST，例如 127.0.0.1 或 0.0.0.0',
};

/** One line for what the person can mend; a mistake of the program keeps its stack, for who mends the program. */
export const whyNotStarted = (error: unknown): string => {
  if (error instanceof EnvMistakes) return error.message;
  const why = whyUnusable(error) ?? whyNotListening(error);
  if (why !== null) return `系统没有启动：${why}。`;
  return `系统没有启动：${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
};

const whyNotListening = (error: unknown): string | null => {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return null;
  if (error.syscall !== 'listen' && error.syscall !== 'getaddrinfo') return null;
  return LISTENING[String(error.code)]?.('port' in error ? Number(error.port) : 0) ?? null;
};
