const OF_OWN_MACHINE = ['localhost', '127.0.0.1'];
const DEFAULT = 'http://localhost:8080/api';

/**
 * Where a mini-program finds the server: `API_BASE`, a whole address, since there is no page it came from. WeChat and
 * DingTalk let https through and nothing else, so plain http is for a server on the developer's own machine.
 */
export function apiBaseOf(given: string | undefined): string {
  const text = (given ?? '').trim() || DEFAULT;
  const wrong = (why: string) => new Error(`API_BASE “${text}” ${why}，例如 https://xm.example.gov.cn/api`);
  if (!URL.canParse(text)) throw wrong('不是完整的网址，请写到 /api 为止');
  const { protocol, hostname, search, hash, username } = new URL(text);
  const plain = protocol === 'http:' && OF_OWN_MACHINE.includes(hostname);
  if (protocol !== 'https:' && !plain) throw wrong('必须以 https:// 开头（只有本机调试可以用 http://localhost）');
  if (search || hash || username) throw wrong('不能带参数、井号或账号，请只写到 /api 为止');
  return text.replace(/\/+$/, '');
}
