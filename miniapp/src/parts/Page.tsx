import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useEffect, useState } from 'react';
import type { PropsWithChildren, ReactNode } from 'react';
import { host } from '../host/index.ts';
import { useLargeType } from '../theme/largeType.ts';
import { ArticleDrawer } from './articles.tsx';
import { Icon } from './Icon.tsx';
import { Tap } from './Tap.tsx';
import './Page.css';

interface Props {
  title: string;
  /** Where the arrow leads; absent on the pages one starts from. */
  onBack?: () => void;
  /** At the right of the title. */
  aside?: ReactNode;
  /** Sticks to the bottom. */
  foot?: ReactNode;
  /** May use the width of a desktop screen: for pages with a table of many columns. */
  wide?: boolean;
  /** In place of the title bar. */
  hero?: ReactNode;
}

const isH5 = process.env.TARO_ENV === 'h5';

/** Ground, title, content and foot of every page; one centred column however wide the screen. */
export function Page({ title, onBack, aside, foot, hero, wide = false, children }: PropsWithChildren<Props>) {
  const large = useLargeType();
  useEffect(() => {
    void Taro.setNavigationBarTitle({ title });
  }, [title]);
  return (
    <View className={`page${large ? ' large-type' : ''}${wide ? ' page-wide' : ''}`}>
      <ArticleDrawer>
        {hero ?? (isH5 ? <TitleBar title={title} onBack={onBack} aside={aside} /> : <Aside>{aside}</Aside>)}
        <Offline />
        <View className="page-body" role="main">
          {children}
        </View>
        {foot}
      </ArticleDrawer>
    </View>
  );
}

/** Mini-programs have a title bar of their own; what stands beside the title goes below it. */
function Aside({ children }: PropsWithChildren) {
  return children ? <View className="page-aside">{children}</View> : null;
}

function TitleBar({ title, onBack, aside }: Pick<Props, 'title' | 'onBack' | 'aside'>) {
  return (
    <View className="title-bar" role="banner">
      <View className="title-side">
        {onBack ? (
          <Tap className="title-back" label="返回" onTap={onBack}>
            <Icon name="back" size={22} />
          </Tap>
        ) : null}
      </View>
      <View className="title-text" role="heading" aria-level={1}>
        {title}
      </View>
      <View className="title-side title-aside">{aside}</View>
    </View>
  );
}

function Offline() {
  const [off, setOff] = useState(false);
  useEffect(() => {
    return host.watchNetwork((connected) => setOff(!connected));
  }, []);
  return off ? (
    <View className="offline" role="alert">
      网络已断开，填写的内容会先留在本机，联网后自动保存
    </View>
  ) : null;
}
