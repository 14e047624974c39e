import Taro from '@tarojs/taro';

/** Brings the element with this id into the middle of the screen, or to its top. */
export function scrollTo(id: string, to: 'top' | 'middle'): void {
  if (process.env.TARO_ENV === 'h5') {
    const element = document.getElementById(id);
    // Of something tall the middle says nothing: what is wrong stands at its top.
    const tall = (element?.offsetHeight ?? 0) > window.innerHeight / 2;
    element?.scrollIntoView({ block: to === 'top' || tall ? 'start' : 'center' });
    return;
  }
  void Taro.pageScrollTo({ selector: `#${id}`, offsetTop: to === 'top' ? 0 : -160, duration: 200 });
}
