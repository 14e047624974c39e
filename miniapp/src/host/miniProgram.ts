/** What WeChat and DingTalk do alike. */
import Taro from '@tarojs/taro';

/** How far below the title bar something sought comes to stand, in pixels. */
const ABOVE = 160;

/** DingTalk scrolls to a place only, not to an element, so the place is asked for first. */
export function scrollTo(id: string, to: 'top' | 'middle'): void {
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
}

/** Not every version of DingTalk tells; then nothing is ever heard, and requests find out for themselves. */
export function watchNetwork(hear: (connected: boolean) => void): () => void {
  const { onNetworkStatusChange: watch, offNetworkStatusChange: forget } = Taro as Partial<typeof Taro>;
  if (!watch || !forget) return () => undefined;
  const listen = ({ isConnected }: { isConnected: boolean }) => hear(isConnected);
  watch(listen);
  return () => forget(listen);
}

/** Whether the person closed the picker. */
export function isCancelled(reason: unknown): boolean {
  const { errMsg = '', errorMessage = '', error } = (reason ?? {}) as Record<string, string | number | undefined>;
  return error === 11 || /cancel|取消/.test(`${errMsg}${errorMessage}`);
}
