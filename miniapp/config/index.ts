import path from 'node:path';
import { defineConfig } from '@tarojs/cli';
import type { IMiniAppConfig } from '@tarojs/taro/types/compile';

const repository = path.resolve(__dirname, '..', '..');
const target = process.env.TARO_ENV ?? 'h5';
const forms = path.join(repository, 'forms');
const formily = /[\\/]node_modules[\\/]@formily[\\/].*\.js$/;
const noCompile = path.resolve(__dirname, '..', 'no-compile-loader.js');

/** A page knows where it came from; a mini-program must be told. `scripts/build.ts` checks what it is told. */
function apiBase(): string {
  if (target === 'h5') return '/api';
  const given = process.env.API_BASE;
  if (!given) throw new Error(`请在仓库根目录用 npm run build:${target} 构建，接口地址由 API_BASE 给出`);
  return given;
}

type Chaining = Parameters<NonNullable<IMiniAppConfig<'webpack5'>['webpackChain']>>;

/**
 * Takes every way to compile text as code out of the bundle: webpack's stand-in for `global`, for which `global` is
 * written instead, and Formily's own look for the global object, which gets `forFormily`.
 */
function withoutCompiler(
  chain: Chaining[0],
  webpack: Chaining[1],
  { global, forFormily }: { global: string; forFormily: string },
): void {
  chain.node.set('global', false);
  chain.plugin('global').use(webpack.DefinePlugin, [{ global }]);
  chain.module
    .rule('no-compile')
    .test(formily)
    .pre()
    .use('no-compile')
    .loader(noCompile)
    .options({ global: forFormily });
}

/** Taro's build. H5 is served by the server under `/m/`; the mini-programs are uploaded to WeChat and DingTalk. */
export default defineConfig<'webpack5'>({
  projectName: 'xunyang-gov-it-projects',
  date: '2026-11-01',
  designWidth: 375,
  deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 },
  sourceRoot: 'src',
  outputRoot: `dist/${target}`,
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  plugins: ['@tarojs/plugin-platform-weapp', path.resolve(__dirname, 'dingtalk.ts')],
  defineConstants: { API_BASE: JSON.stringify(apiBase()) },
  mini: {
    // What the forms need is loaded when a form is opened: the first screen stays small.
    optimizeMainPackage: { enable: true },
    compile: { include: [forms] },
    // Sizes are pixels, as on H5.
    postcss: { pxtransform: { enable: false, config: {} }, autoprefixer: { enable: true, config: {} } },
    miniCssExtractPluginOption: { ignoreOrder: true },
    webpackChain(chain, webpack) {
      // Neither host promises a `global`; Taro's own window serves those who ask.
      withoutCompiler(chain, webpack, { global: '({})', forFormily: 'window' });
      chain.performance.hints(false);
    },
  },
  h5: {
    publicPath: '/m/',
    staticDirectory: 'static',
    // Plain HTML elements: labels, roles and the keyboard work, and no web components have to load first.
    useHtmlComponents: true,
    router: { mode: 'hash' },
    output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: 'css/[name].[contenthash:8].css',
      chunkFilename: 'css/[name].[contenthash:8].css',
    },
    // The form language is plain TypeScript outside this workspace.
    compile: { include: [forms] },
    // Sizes are pixels; large type goes through the tokens, not through a scaled root.
    postcss: { pxtransform: { enable: false, config: {} }, autoprefixer: { enable: true, config: {} } },
    webpackChain(chain, webpack) {
      // `src/theme/base.css` stands in for it.
      chain.resolve.alias.set(
        '@tarojs/components-react/dist/index.css',
        path.join(repository, 'miniapp/src/theme/base.css'),
      );
      withoutCompiler(chain, webpack, { global: 'window', forFormily: 'globalThis' });
      chain.performance.hints(false);
      // What several pages use is loaded once; the form renderer only by the pages that draw forms.
      chain.optimization.splitChunks({
        chunks: 'all',
        cacheGroups: {
          default: false,
          defaultVendors: false,
          forms: {
            test: /[\\/]node_modules[\\/]@formily[\\/]|[\\/]miniapp[\\/]src[\\/]fields[\\/]/,
            name: 'forms',
            chunks: 'async',
            enforce: true,
            priority: 20,
          },
          shared: { name: 'shared', chunks: 'async', minChunks: 2, enforce: true, priority: 10 },
        },
      });
    },
  },
});
