import path from 'node:path';
import { defineConfig } from '@tarojs/cli';

const repository = path.resolve(__dirname, '..', '..');

/** Taro's build. H5 is served by the server under `/m/`. */
export default defineConfig<'webpack5'>({
  projectName: 'xunyang-gov-it-projects',
  date: '2026-11-01',
  designWidth: 375,
  deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 },
  sourceRoot: 'src',
  outputRoot: 'dist/h5',
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  defineConstants: { API_BASE: JSON.stringify('/api') },
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
    compile: { include: [path.join(repository, 'forms')] },
    // Sizes are pixels; large type goes through the tokens, not through a scaled root.
    postcss: { pxtransform: { enable: false, config: {} }, autoprefixer: { enable: true, config: {} } },
    webpackChain(chain, webpack) {
      // `src/theme/base.css` stands in for it.
      chain.resolve.alias.set(
        '@tarojs/components-react/dist/index.css',
        path.join(repository, 'miniapp/src/theme/base.css'),
      );
      chain.node.set('global', false);
      chain.plugin('global').use(webpack.DefinePlugin, [{ global: 'window' }]);
      chain.module
        .rule('no-compile')
        .test(/[\\/]node_modules[\\/]@formily[\\/].*\.js$/)
        .pre()
        .use('no-compile')
        .loader(path.resolve(__dirname, '..', 'no-compile-loader.js'));
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
