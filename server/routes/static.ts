/** The built pages: the start page and the console from `admin`, the phone app under `/m/`. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context, Middleware } from 'koa';
import send from 'koa-send';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Longest prefix first. */
const SITES = [
  { prefix: '/m/', folder: path.join(root, 'miniapp/dist/h5') },
  { prefix: '/', folder: path.join(root, 'admin/dist') },
];

/** Vite and webpack put a hash of the content into a name, each in its way; such a file never changes. */
const HASHED = /^assets\/.*-[\w-]{8}\.\w+$|\.[0-9a-f]{8,20}\.\w+$/;
const YEAR = 31_536_000;

const NOT_FOUND = page('没有这个页面', '地址可能写错或已经失效。请<a href="/">返回首页</a>。');
const NOT_BUILT = page('页面尚未构建', '请在项目目录运行 <code>npm run build</code>，然后刷新。');

function page(title: string, text: string): string {
  return (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width, initial-scale=1">' +
    `<title>${title}</title><body style="font: 15px/1.6 sans-serif; margin: 20vh auto; max-width: 24em; padding: 0 16px">` +
    `<h1 style="font-size: 17px">${title}</h1><p>${text}</p></body></html>`
  );
}

/** Serves what was built; whatever else is asked for gets a page that says so. */
export const pages = (sites = SITES): Middleware => {
  return async (ctx) => {
    if (ctx.path === '/m' || ctx.path === '/console') {
      ctx.status = 308;
      ctx.redirect(`${ctx.path}/`);
      return;
    }
    const site = sites.find(({ prefix }) => ctx.path.startsWith(prefix));
    const readable = ctx.method === 'GET' || ctx.method === 'HEAD';
    if (!site || !readable) return missing(ctx);
    const asked = ctx.path.slice(site.prefix.length);
    const file = asked === '' || asked.endsWith('/') ? `${asked}index.html` : asked;
    if (!(await serve(ctx, site.folder, file))) await missing(ctx, site.folder);
  };
};

const serve = async (ctx: Context, folder: string, file: string): Promise<boolean> => {
  try {
    const sent = await send(ctx, file, {
      root: folder,
      hidden: false,
      setHeaders: (res, _path, stats) => {
        const hashed = HASHED.test(file);
        res.setHeader('Cache-Control', hashed ? `public, max-age=${YEAR}, immutable` : 'no-cache');
        res.setHeader('ETag', `"${stats.size.toString(36)}-${Math.floor(stats.mtimeMs).toString(36)}"`);
      },
    });
    if (!sent) return false;
  } catch (error) {
    if (isClientMistake(error)) return false;
    throw error;
  }
  if (file.endsWith('.html')) await allowInlineScripts(ctx, path.join(folder, file));
  if (ctx.fresh) ctx.status = 304;
  return true;
};

/** The app's page sets its root font size in a small inline script; the policy names it by its hash. */
const allowInlineScripts = async (ctx: Context, file: string): Promise<void> => {
  const html = await readFile(file, 'utf8');
  const hashes = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  const policy = String(ctx.response.get('Content-Security-Policy'));
  if (hashes.length > 0) {
    ctx.set('Content-Security-Policy', policy.replace("script-src 'self'", `script-src 'self' ${hashes.join(' ')}`));
  }
};

const missing = async (ctx: Context, folder?: string): Promise<void> => {
  const built = folder === undefined || (await stat(path.join(folder, 'index.html')).catch(() => null)) !== null;
  ctx.status = built ? 404 : 503;
  ctx.set('Cache-Control', 'no-store');
  ctx.type = 'html';
  ctx.body = built ? NOT_FOUND : NOT_BUILT;
};

/** koa-send's way of saying that the path leads nowhere, or outside. */
const isClientMistake = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'status' in error && Number(error.status) < 500;
