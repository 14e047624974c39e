import { Text, View } from '@tarojs/components';
import type { Asked as AskedSeats, AskedSeat } from '../../api/types.ts';
import { daysText, momentOf } from '../../format.ts';
import { Card } from '../../parts/Card.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { toneOfDays } from '../../words.ts';
import './Asked.css';

/** The seats asked at once: who has answered, who is waited for, who is recused and replaced by whom. */
export function Asked({ asked }: { asked: AskedSeats }) {
  const voting = asked.seats.filter(({ status }) => status !== 'recused');
  const answered = voting.filter(({ status }) => status === 'answered').length;
  const unnamed = asked.seats.filter(({ status, substitute }) => status === 'recused' && substitute === null).length;
  return (
    <Card
      title={`${asked.title}的席位`}
      aside={<Text className="asked-count">{`${answered}/${voting.length + unnamed} 已提交`}</Text>}
    >
      <View role="list" aria-label="各席位进度">
        {asked.seats.map((seat) => (
          <Seat key={`${seat.unit} ${seat.seat}`} seat={seat} />
        ))}
      </View>
    </Card>
  );
}

function Seat({ seat }: { seat: AskedSeat }) {
  const place = `${seat.unit}${seat.seat}`;
  if (seat.status === 'recused') {
    return (
      <View className="asked-seat" role="listitem">
        <View className="asked-words">
          <Text className="asked-recused">
            {seat.substitute === null
              ? `${place} 回避，等待指定替代席位`
              : `${place} 回避，由${seat.substitute}代为审查`}
          </Text>
        </View>
        <Tag text="回避" tone="wait" />
      </View>
    );
  }
  const done = seat.status === 'answered';
  const when = done && seat.at !== null ? `${momentOf(seat.at)} 提交` : `${momentOf(seat.since)} 送到`;
  return (
    <View className="asked-seat" role="listitem">
      <View className="asked-words">
        <Text>{place}</Text>
        <Text className="asked-note">
          {[seat.names.join('、') || '暂无人任职', seat.standsFor ? `代${seat.standsFor}` : '', when]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </View>
      {done ? <Tag text="已提交" tone="pass" /> : <Tag text={waitingText(seat.days)} tone={toneOfDays(seat.days)} />}
    </View>
  );
}

function waitingText(days: number): string {
  return days > 0 ? `待提交 ${daysText(days)}` : '待提交';
}
