import Taro from '@tarojs/taro';

/** What webpack calls a script, and its style plugin a style sheet, that could not be fetched. */
const MISSING = 'ChunkLoadError';

/**
 * A page's own file that cannot be fetched (no network, or the app was renewed meanwhile) must not look like a dead
 * button.
 */
export function watchMissingPages(): void {
  window.addEventListener('unhandledrejection', ({ reason }) => {
    if (!(reason instanceof Error) || reason.name !== MISSING) return;
    void Taro.showModal({
      title: '页面没有打开',
      content: '网络连接不上，或系统刚刚更新。请检查网络后重新打开；已填写的内容不会丢失。',
      showCancel: false,
      confirmText: '重新打开',
      confirmColor: '#1a5fd0',
    }).then(() => window.location.reload());
  });
}
