import Taro from '@tarojs/taro';

/** The app's addresses; screens never write a path themselves. */
export const to = {
  home: () => void Taro.reLaunch({ url: '/pages/home/index' }),
  start: () => void Taro.navigateTo({ url: '/pages/start/index' }),
  /** `instead` leaves the current page out of the way back. */
  fill: (caseId: string, instead = false) => go(`/pages/fill/index?id=${caseId}`, instead),
  case: (caseId: string, instead = false) => go(`/pages/case/index?id=${caseId}`, instead),
};

function go(url: string, instead: boolean): void {
  if (instead) void Taro.redirectTo({ url });
  else void Taro.navigateTo({ url });
}

/** Back to where one came from; a page opened by its address goes to the work list. */
export function goBack(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack();
  else to.home();
}
