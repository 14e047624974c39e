import { Text, View } from '@tarojs/components';
import { useDidShow, useRouter } from '@tarojs/taro';
import { useEffect, useRef, useState } from 'react';
import type { Box } from '../../api/calls.ts';
import type { Me } from '../../api/types.ts';
import { to } from '../../navigate.ts';
import { Icon } from '../../parts/Icon.tsx';
import type { IconName } from '../../parts/Icon.tsx';
import { Page } from '../../parts/Page.tsx';
import { Tap } from '../../parts/Tap.tsx';
import { isSignedIn, refreshMe, useMe } from '../../session.ts';
import { Messages } from './Messages.tsx';
import { Person } from './Person.tsx';
import { DeclareBar, Work } from './Work.tsx';
import './index.css';

type Tab = 'work' | 'messages' | 'person';

const TITLES: Record<Tab, string> = { work: '政务信息化项目', messages: '消息', person: '个人' };
const LOOK_AGAIN_MS = 15_000;

export default function Home() {
  const { params } = useRouter<{ tab?: Tab }>();
  const me = useMe();
  const [tab, setTab] = useState<Tab>(params.tab && params.tab in TITLES ? params.tab : 'work');
  const [box, setBox] = useState<Box>('todo');
  const pulse = usePulse(me);
  const mayDeclare = tab === 'work' && box !== 'done' && me?.may.declare;
  return (
    <Page
      title={TITLES[tab]}
      aside={tab === 'person' ? null : me?.seats[0]?.title}
      foot={
        <View className="home-foot">
          {mayDeclare ? <DeclareBar /> : null}
          <TabBar tab={tab} onTab={setTab} me={me} />
        </View>
      }
    >
      {tab === 'work' && isSignedIn() ? <Work me={me} box={box} onBox={setBox} pulse={pulse} /> : null}
      {tab === 'messages' ? <Messages pulse={pulse} /> : null}
      {tab === 'person' ? <Person me={me} /> : null}
    </Page>
  );
}

/** Beats when this page comes to the front and when somebody else's action has changed one's counts. */
function usePulse(me: Me | null): number {
  const [pulse, setPulse] = useState(0);
  const counts = me ? `${me.counts.todo}/${me.counts.unread}` : '';
  const seen = useRef('');
  useEffect(() => {
    if (seen.current && seen.current !== counts) setPulse((beat) => beat + 1);
    seen.current = counts;
  }, [counts]);
  const shownBefore = useRef(false);
  useDidShow(() => {
    if (!isSignedIn()) {
      to.login();
      return;
    }
    void refreshMe().catch(() => undefined);
    if (shownBefore.current) setPulse((beat) => beat + 1);
    shownBefore.current = true;
  });
  useEffect(() => {
    const timer = setInterval(() => {
      if (isSignedIn() && isInFront()) void refreshMe().catch(() => undefined);
    }, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return pulse;
}

function isInFront(): boolean {
  return process.env.TARO_ENV !== 'h5' || document.visibilityState === 'visible';
}

function TabBar({ tab, onTab, me }: { tab: Tab; onTab: (tab: Tab) => void; me: Me | null }) {
  const tabs: { value: Tab; label: string; icon: IconName; count?: number }[] = [
    { value: 'work', label: '事项', icon: 'work' },
    { value: 'messages', label: '消息', icon: 'bell', count: me?.counts.unread },
    { value: 'person', label: '个人', icon: 'person' },
  ];
  return (
    <View className="tab-bar" role="tablist" aria-label="主导航">
      {tabs.map(({ value, label, icon, count }) => (
        <Tap
          key={value}
          role="tab"
          on={tab === value}
          className={`tab${tab === value ? ' tab-on' : ''}`}
          label={count ? `${label}，${count} 条未读` : label}
          onTap={() => onTab(value)}
        >
          <View className="tab-icon">
            <Icon name={icon} size={24} />
            {count ? <Text className="tab-count">{count > 99 ? '99+' : count}</Text> : null}
          </View>
          <Text className="tab-label">{label}</Text>
        </Tap>
      ))}
    </View>
  );
}
