import { Text, View } from '@tarojs/components';
import type { CaseForm, CaseView, Notice } from '../../api/types.ts';
import { daysText, momentOf } from '../../format.ts';
import { to } from '../../navigate.ts';
import { Card } from '../../parts/Card.tsx';
import { FiledForm } from '../../parts/FiledForm.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { PathLine } from '../../parts/PathLine.tsx';
import { ResubmittedCard } from '../../parts/ResubmittedCard.tsx';
import { ReturnedCard } from '../../parts/ReturnedCard.tsx';
import { Sentence } from '../../parts/Sentence.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { Tap } from '../../parts/Tap.tsx';
import { Timeline } from '../../parts/Timeline.tsx';
import { stateOfCase, toneOfDays } from '../../words.ts';
import type { OpenCase } from '../../work.ts';
import { Asked } from './Asked.tsx';
import { resubmissionOf } from './resubmission.ts';
import { Summary } from './Summary.tsx';
import './CaseSheet.css';

/** The whole case from top to bottom, in the order one asks about it. */
export function CaseSheet({ open, unfolded }: { open: OpenCase; unfolded: boolean }) {
  const { view } = open;
  const filled = inReadingOrder(view);
  const resubmission = resubmissionOf(view);
  return (
    <>
      <Standing view={view} />
      {view.returned ? <ReturnedCard returned={view.returned} /> : null}
      {resubmission ? <ResubmittedCard {...resubmission} /> : null}
      <Notices notices={view.notices} />
      {view.asked ? <Asked asked={view.asked} /> : null}
      <Summary open={open} />
      {filled.map((form) => (
        <FiledForm key={form.key} open={open} form={form} unfolded={unfolded} />
      ))}
      <Card title="办理记录">
        <Timeline entries={view.timeline} />
      </Card>
      <Related cases={view.relatedCases} />
    </>
  );
}

/** Where several seats have their say, what they said stands before the long form they all know. */
function inReadingOrder({ forms, asked }: CaseView): CaseForm[] {
  const filled = forms.filter(hasSomethingToRead);
  if (!asked) return filled;
  return [
    ...filled.filter(({ filledAt }) => filledAt === 'step'),
    ...filled.filter(({ filledAt }) => filledAt !== 'step'),
  ];
}

/** Of a form that several seats fill in, one that sees only its own part has nothing to read before it has begun. */
function hasSomethingToRead({ filledAt, draft, revision, editable, rights }: CaseForm): boolean {
  if (filledAt === 'start' || draft) return true;
  return revision > 0 && !(editable && rights['*'] === 'hidden');
}

/** Where it is, who holds it, since when. */
function Standing({ view }: { view: CaseView }) {
  return (
    <Card>
      <View className="standing-title" role="heading" aria-level={2}>
        {view.project.title ?? '未命名项目'}
      </View>
      <View className="standing-line">
        <Tag {...stateOfCase(view)} />
        <Text className="standing-round">{view.round > 1 ? `第 ${view.round} 次提交` : ''}</Text>
      </View>
      <PathLine points={view.path} refused={view.outcome === 'rejected'} />
      {heldApart(view).map(({ unit, seat, names, since, days }) => (
        <View className="standing-holder" key={`${unit} ${seat}`}>
          <View className="standing-who">
            <Text>
              <Text className="standing-name">{names.join('、') || '（暂无人任职）'}</Text> 办理中
            </Text>
            <Text className="standing-since">
              {unit} {seat} · <Text className="standing-moment">{momentOf(since)} 转来</Text>
            </Text>
          </View>
          <Tag text={daysText(days)} tone={toneOfDays(days)} />
        </View>
      ))}
    </Card>
  );
}

/** Who holds it besides the seats that are asked at once: those stand in a card of their own. */
function heldApart({ holders, asked }: CaseView): CaseView['holders'] {
  const together = asked?.open ? asked.seats : [];
  return holders.filter(({ unit, seat }) => !together.some((one) => one.unit === unit && one.seat === seat));
}

/** Red flags, as sentences. */
function Notices({ notices }: { notices: Notice[] }) {
  if (notices.length === 0) return null;
  const blocking = notices.some(({ level }) => level === 'block');
  return (
    <Card title="需要注意" tone={blocking ? 'refuse' : 'wait'}>
      {notices.map((notice) => (
        <View className={`notice notice-${notice.level}`} key={notice.message}>
          <Icon name="alert" size={18} />
          <View className="notice-words">
            <Sentence text={notice.message} article={notice.article} />
          </View>
        </View>
      ))}
    </Card>
  );
}

function Related({ cases }: { cases: CaseView['relatedCases'] }) {
  if (cases.length === 0) return null;
  return (
    <Card title="本项目的其他环节">
      {cases.map((one) => (
        <Tap className="related" key={one.id} onTap={() => to.case(one.id)}>
          <Text>{one.stageTitle}</Text>
          <View className="related-aside">
            <Text>{STATES[one.outcome ?? one.state] ?? '办理中'}</Text>
            <Icon name="forward" size={16} />
          </View>
        </Tap>
      ))}
    </Card>
  );
}

const STATES: Record<string, string> = {
  draft: '草稿',
  running: '办理中',
  returned: '退回待修改',
  approved: '已办结',
  rejected: '未通过',
  withdrawn: '已撤销',
};
