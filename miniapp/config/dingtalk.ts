import { Alipay } from '@tarojs/plugin-platform-alipay';
import type { IPluginContext, TConfig } from '@tarojs/service';

/**
 * A DingTalk mini-program is an Alipay one whose host object is called `dd`; Taro 4 has no platform of its own for it.
 * 专有钉钉 may want `my`: give the plugin `{ globalObject: 'my' }` then.
 */
class DingTalk extends Alipay {
  constructor(ctx: IPluginContext, config: TConfig, globalObject: string) {
    super(ctx, config);
    this.platform = 'dd';
    this.globalObject = globalObject;
  }

  /**
   * Taro's Alipay runtime names its host in the text. It also counts on a `navigator`, of which DingTalk says nothing,
   * so here, unlike there, Taro's own stays in place.
   */
  override modifyWebpackConfig(): void {
    this.ctx.modifyWebpackChain(({ chain, webpack }) => {
      chain.plugin('host').use(webpack.DefinePlugin, [{ my: this.globalObject }]);
    });
  }
}

export default function dingTalk(ctx: IPluginContext, { globalObject = 'dd' }: { globalObject?: string } = {}): void {
  ctx.registerPlatform({
    name: 'dd',
    useConfigName: 'mini',
    async fn({ config }: { config: TConfig }) {
      await new DingTalk(ctx, config, globalObject).start();
    },
  });
}
