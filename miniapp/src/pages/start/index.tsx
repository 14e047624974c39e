import { View } from '@tarojs/components';
import { useState } from 'react';
import * as api from '../../api/calls.ts';
import { sentenceOf } from '../../api/client.ts';
import { useLoad } from '../../load.ts';
import { goBack, to } from '../../navigate.ts';
import { Action } from '../../parts/Action.tsx';
import { Bar } from '../../parts/Bar.tsx';
import { Card } from '../../parts/Card.tsx';
import { Choice } from '../../parts/Choice.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Page } from '../../parts/Page.tsx';
import { Sentence } from '../../parts/Sentence.tsx';
import './index.css';

type Answer = 'open' | 'secret';

interface Stop {
  message: string;
  contact: string;
}

/** The one question before anything can be typed or uploaded. */
export default function Start() {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [asking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [stop, setStop] = useState<Stop | null>(null);

  const go = async () => {
    if (answer === null) return;
    setAsking(true);
    setRefusal(null);
    try {
      const screening = await api.screen(answer === 'secret');
      if (screening.outcome === 'open') to.fill(screening.caseId, true);
      else setStop(screening);
    } catch (error) {
      setRefusal(sentenceOf(error));
    } finally {
      setAsking(false);
    }
  };

  if (stop) return <Stopped {...stop} />;
  return (
    <Page
      title="新建申报"
      onBack={goBack}
      foot={
        <Bar>
          <Action
            label={answer === 'secret' ? '确认涉密，结束填报' : '下一步'}
            busy={asking}
            busyLabel="正在确认…"
            disabled={answer === null}
            onPress={() => void go()}
          />
        </Bar>
      }
    >
      <View className="start-question">
        <View className="start-title" role="heading" aria-level={2}>
          项目是否涉及国家秘密或工作秘密？
        </View>
        <View className="start-note">
          <Sentence text="涉密项目不在本系统办理（依据《办法》第三条）。回答之前，请不要输入项目名称或任何内容。" />
        </View>
      </View>
      <Card>
        <Choice
          title="请如实选择"
          value={answer}
          onChoose={setAnswer}
          options={[
            { value: 'open', label: '不涉密', note: '内容和附件都不含国家秘密、工作秘密' },
            { value: 'secret', label: '涉密', note: '含国家秘密、工作秘密，或招标采购涉密信息系统' },
          ]}
        />
        <View className="start-unsure">
          拿不准时先不要填写，请向本单位保密工作机构确认。选择“涉密”的，系统只记日期和单位，不留任何内容。
        </View>
      </Card>
      {refusal ? (
        <Card tone="refuse">
          <View role="alert">
            <Sentence text={refusal} />
          </View>
        </Card>
      ) : null}
    </Page>
  );
}

/** The end for a secret project: what to do instead, and whom to ask. */
function Stopped({ message, contact }: Stop) {
  const { data } = useLoad(api.district);
  return (
    <Page
      title="请线下办理"
      foot={
        <Bar>
          <Action label="返回事项" onPress={to.home} />
        </Bar>
      }
    >
      <View className="stopped" role="alert">
        <View className="stopped-icon">
          <Icon name="lock" size={36} />
        </View>
        <View className="stopped-title">本项目不能在线申报</View>
        <View className="stopped-text">
          <Sentence text={message} article="3" />
        </View>
      </View>
      <Card title="怎么办">
        <View className="stopped-steps">
          <View>1. 不要在本系统、微信、钉钉或互联网邮箱中录入、拍照、上传相关内容。</View>
          <View>2. 按保密规定以线下方式报送，联系：{contact}。</View>
          {data ? (
            <View>
              3. 程序问题可咨询{data.office.name}：{data.office.phone}（只谈流程，不谈内容）。
            </View>
          ) : null}
        </View>
      </Card>
      <View className="stopped-note">没有保存任何项目内容，也没有生成草稿。</View>
    </Page>
  );
}
