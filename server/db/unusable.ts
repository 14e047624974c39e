import { ConnectionError } from 'sequelize';

/** `DATABASE_URL` names something that cannot be a database. The message says what to do. */
export class DatabaseUnusable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DatabaseUnusable';
  }
}

const START_IT = '请确认数据库已经启动，并核对 DATABASE_URL 中的主机和端口';
const ADVICE: Record<string, string> = {
  ECONNREFUSED: START_IT,
  ETIMEDOUT: START_IT,
  EHOSTUNREACH: START_IT,
  ENOENT: START_IT,
  ENOTFOUND: '找不到这台主机，请核对 DATABASE_URL 中的主机名',
  EAI_AGAIN: '暂时查不到这台主机，请核对 DATABASE_URL 中的主机名和本机的域名解析',
  ER_ACCESS_DENIED_ERROR: '请核对 DATABASE_URL 中的用户名和密码',
  ER_DBACCESS_DENIED_ERROR: '这个用户无权使用该库，请为其授权，或核对 DATABASE_URL 中的库名',
  ER_BAD_DB_ERROR: '没有这个库，请先建一个空库，或核对 DATABASE_URL 中的库名',
};

/** Why no connection could be made and what to do, in one line without address or password; null: another error. */
export function whyUnusable(error: unknown): string | null {
  if (error instanceof DatabaseUnusable) return error.message;
  if (!(error instanceof ConnectionError)) return null;
  const { code = '' } = error.parent as NodeJS.ErrnoException;
  if (code.startsWith('SQLITE')) return '打不开数据库文件，请确认它是本系统的数据库并且可以读写，或修改 DATABASE_URL';
  return `连不上数据库（${code || error.name}）：${ADVICE[code] ?? '请核对 DATABASE_URL，并查看数据库的日志'}`;
}
