import { Text, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useCallback, useEffect, useState } from 'react';
import * as api from '../../api/calls.ts';
import { sentenceOf } from '../../api/client.ts';
import type { Persona } from '../../api/types.ts';
import { useLoad } from '../../load.ts';
import { to } from '../../navigate.ts';
import { Empty, ErrorState } from '../../parts/Empty.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Page } from '../../parts/Page.tsx';
import { CardBones } from '../../parts/Skeleton.tsx';
import { Tap } from '../../parts/Tap.tsx';
import { signIn } from '../../session.ts';
import './index.css';

export default function Login() {
  const { params } = useRouter<{ again?: string; persona?: string }>();
  const { data, error, reload } = useLoad(api.personas);
  const { data: district } = useLoad(api.district);
  const [entering, setEntering] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  const enter = useCallback(async (login: string) => {
    setEntering(login);
    setRefusal(null);
    try {
      await signIn(login);
      to.home();
    } catch (reason) {
      setRefusal(sentenceOf(reason));
      setEntering(null);
    }
  }, []);

  const asked = params.persona;
  useEffect(() => {
    if (asked) void enter(asked);
  }, [asked, enter]);

  const goingIn = entering !== null && entering === asked;
  return (
    <Page title="登录" hero={<Hero district={district?.name} />}>
      {params.again ? <Note text="登录已过期，请重新登录；已自动保存的草稿不会丢失。" /> : null}
      {refusal ? <Note text={refusal} /> : null}
      {error ? <ErrorState error={error} onRetry={() => void reload()} /> : null}
      {(!data && !error) || goingIn ? <CardBones heights={[3, 3]} /> : null}
      {data?.personas.length === 0 ? (
        <Empty icon="person" title="没有可用的演示账号" note="请联系区信息办开通账号。" />
      ) : null}
      {data && !goingIn ? (
        <People personas={data.personas} entering={entering} onEnter={(login) => void enter(login)} />
      ) : null}
    </Page>
  );
}

/** Whose system this is. */
function Hero({ district }: { district: string | undefined }) {
  return (
    <View className="login-hero" role="banner">
      <View className="login-district">{district ?? ' '}</View>
      <View className="login-name" role="heading" aria-level={1}>
        政务信息化项目申报与审批
      </View>
      <View className="login-way">申报 · 审核 · 签发 · 受理</View>
    </View>
  );
}

function Note({ text }: { text: string }) {
  return (
    <View className="login-note" role="alert">
      {text}
    </View>
  );
}

interface PeopleProps {
  personas: Persona[];
  entering: string | null;
  onEnter: (login: string) => void;
}

/** The people of the demonstration, unit by unit. */
function People({ personas, entering, onEnter }: PeopleProps) {
  const units = [...new Set(personas.map((persona) => persona.unit))];
  return (
    <>
      <View className="login-hint">演示环境：选择一个身份进入</View>
      {units.map((unit) => (
        <View className="login-unit" key={unit}>
          <View className="login-unit-name" role="heading" aria-level={2}>
            {unit}
          </View>
          {personas
            .filter((persona) => persona.unit === unit)
            .map((persona) => (
              <Tap
                key={persona.login}
                className="login-person"
                label={`以${unit}${persona.seats.join('、')}${persona.name}的身份进入`}
                disabled={entering !== null}
                onTap={() => onEnter(persona.login)}
              >
                <View className="login-words">
                  <View className="login-seat">
                    {persona.seats.join('、')} <Text className="login-who">{persona.name}</Text>
                  </View>
                  <View className="login-what">{entering === persona.login ? '正在进入…' : persona.note}</View>
                </View>
                <Icon name="forward" size={16} />
              </Tap>
            ))}
        </View>
      ))}
    </>
  );
}
