import Taro from '@tarojs/taro';
import { leaveStop } from './parts/openSheets.ts';

/** Where the pages with forms are (`app.config.ts`). */
const FORM_PAGES = process.env.TARO_ENV === 'h5' ? '/pages' : '/forms';

/** The app's addresses; screens never write a path themselves. */
export const to = {
  home: () => relaunch('/pages/home/index'),
  login: (again = false) => relaunch(`/pages/login/index${again ? '?again=1' : ''}`),
  plan: () => go('/pages/plan/index', false),
  start: () => go('/pages/start/index', false),
  /** `instead` leaves the current page out of the way back. */
  fill: (caseId: string, instead = false) => go(`${FORM_PAGES}/fill/index?id=${caseId}`, instead),
  case: (caseId: string, instead = false) => go(`${FORM_PAGES}/case/index?id=${caseId}`, instead),
};

function relaunch(url: string): void {
  void leaveStop().then(() => Taro.reLaunch({ url }));
}

function go(url: string, instead: boolean): void {
  void leaveStop().then(() => (instead ? Taro.redirectTo({ url }) : Taro.navigateTo({ url })));
}

/** Back to where one came from; a page opened by its address goes to the work list. */
export function goBack(): void {
  if (Taro.getCurrentPages().length > 1) void leaveStop().then(() => Taro.navigateBack());
  else to.home();
}
