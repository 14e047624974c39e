import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { ReactNode } from 'react';
import Taro from '@tarojs/taro';
import * as api from '../../api/calls.ts';
import type { Me } from '../../api/types.ts';
import { useLoad } from '../../load.ts';
import { to } from '../../navigate.ts';
import { useArticleDrawer } from '../../parts/articles.tsx';
import { Card } from '../../parts/Card.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { CardBones } from '../../parts/Skeleton.tsx';
import { Tap } from '../../parts/Tap.tsx';
import { signOut } from '../../session.ts';
import { setLargeType, useLargeType } from '../../theme/largeType.ts';
import './Person.css';

/** Who one is here, how one reads, the regulation, and the way out. */
export function Person({ me }: { me: Me | null }) {
  const large = useLargeType();
  const openArticle = useArticleDrawer();
  const { data: district } = useLoad(api.district);
  const [leaving, setLeaving] = useState(false);
  const leave = async () => {
    setLeaving(true);
    try {
      await signOut();
    } finally {
      to.login();
    }
  };
  if (!me) return <CardBones heights={[2, 3]} />;
  return (
    <>
      <Card>
        <View className="person">
          <View className="person-mark" aria-hidden>
            {me.person.name.slice(-2)}
          </View>
          <View>
            <View className="person-name">{me.person.name}</View>
            <View className="person-title">
              {me.unit.name} · {me.person.title}
            </View>
          </View>
        </View>
        <View className="person-seats">
          {me.seats.map((seat) => (
            <Text className="person-seat" key={seat.id}>
              {seat.title}
            </Text>
          ))}
        </View>
      </Card>
      <View className="person-lines">
        <Tap role="switch" on={large} className="person-line" label="大字模式" onTap={() => setLargeType(!large)}>
          <Text>大字模式</Text>
          <View className={`toggle${large ? ' toggle-on' : ''}`} />
        </Tap>
        <Line
          label={district ? `《${district.regulation.title}》条文` : '《办法》条文'}
          onTap={() => openArticle('')}
        />
        {district ? (
          <Line
            label={`联系${district.office.name}`}
            aside={district.office.phone}
            onTap={() => call(district.office.phone)}
          />
        ) : null}
      </View>
      <View className="person-lines">
        <Tap className="person-line person-leave" disabled={leaving} onTap={() => void leave().catch(() => undefined)}>
          <Text>{leaving ? '正在退出…' : '退出登录'}</Text>
        </Tap>
      </View>
    </>
  );
}

function call(phoneNumber: string): void {
  void Taro.makePhoneCall({ phoneNumber });
}

function Line({ label, aside, onTap }: { label: string; aside?: ReactNode; onTap: () => void }) {
  return (
    <Tap className="person-line" onTap={onTap}>
      <Text className="person-line-label">{label}</Text>
      <View className="person-line-aside">
        {aside}
        <Icon name="forward" size={16} />
      </View>
    </Tap>
  );
}
