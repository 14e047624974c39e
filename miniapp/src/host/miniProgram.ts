import Taro from '@tarojs/taro';
import type { Host } from './host.ts';

/** How far below the title bar something sought comes to stand, in pixels. */
const ABOVE = 160;

/** What WeChat and DingTalk do alike. */
export const miniProgram: Pick<Host, 'scrollTo' | 'watchNetwork'> = {
  // DingTalk scrolls to a place only, not to an element, so the place is asked for first.
  scrollTo(id, to) {
    Taro.createSelectorQuery()
      .select(`#${id}`)
      .boundingClientRect()
      .selectViewport()
      .scrollOffset()
      .exec(([element, page]: [{ top: number } | null, { scrollTop: number } | null]) => {
        if (!element || !page) return;
        const scrollTop = Math.max(0, page.scrollTop + element.top - (to === 'top' ? 0 : ABOVE));
        void Taro.pageScrollTo({ scrollTop, duration: 200 });
      });
  },
  watchNetwork(hear) {
    // Not every version of DingTalk has it.
    const { onNetworkStatusChange: watch, offNetworkStatusChange: forget } = Taro as Partial<typeof Taro>;
    if (!watch || !forget) return () => undefined;
    const listen = ({ isConnected }: { isConnected: boolean }) => hear(isConnected);
    watch(listen);
    return () => forget(listen);
  },
};

/** Whether the person closed the picker. */
export function isCancelled(reason: unknown): boolean {
  const { errMsg = '', errorMessage = '', error } = (reason ?? {}) as Record<string, string | number | undefined>;
  return error === 11 || /cancel|取消/.test(`${errMsg}${errorMessage}`);
}
