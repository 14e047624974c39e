import { Text, View } from '@tarojs/components';
import { Action } from '../../parts/Action.tsx';
import { Sheet } from '../../parts/Sheet.tsx';
import { sumText } from './planText.ts';
import type { Project } from './planText.ts';

interface SendProps {
  projects: Project[];
  /** The seats that are asked, by their names. */
  asks: string[];
  busy: boolean;
  onClose: () => void;
  onSend: () => void;
}

/** The last look before the plan goes out: what, to whom, and what cannot be changed afterwards. */
export function SendSheet({ projects, asks, busy, onClose, onSend }: SendProps) {
  return (
    <Sheet
      title="送部门联合初审"
      onClose={busy ? () => undefined : onClose}
      foot={
        <Action
          label={`确认送审 ${projects.length} 项`}
          busy={busy}
          busyLabel={`正在送审 ${projects.length} 项，请稍候…`}
          onPress={onSend}
        />
      }
    >
      <View className="plan-send">
        {sumText(projects)}，同时送下列 {asks.length} 个席位初审：
      </View>
      <View className="plan-asks">
        {asks.map((seat) => (
          <Text className="plan-ask" key={seat}>
            {seat}
          </Text>
        ))}
      </View>
      <View className="plan-send-note">
        遇到本单位申报的项目，该席位自动回避，另行指定席位代为审查。送审后，这些项目不能再移出草案或调整次序；没有编入的项目以后可以再送。
      </View>
      {projects.map(({ projectId, title }, at) => (
        <View className="plan-send-line" key={projectId}>
          {at + 1}. {title ?? '未命名项目'}
        </View>
      ))}
    </Sheet>
  );
}

interface LeaveProps {
  busy: boolean;
  onClose: () => void;
  onDrop: () => void;
  onSave: () => void;
}

/** Changes that were not saved are not lost without a word. */
export function LeaveSheet({ busy, onClose, onDrop, onSave }: LeaveProps) {
  return (
    <Sheet
      title="调整还没有保存"
      onClose={onClose}
      foot={
        <>
          <Action label="保存后离开" busy={busy} busyLabel="正在保存…" onPress={onSave} />
          <Action kind="text" label="不保存，直接离开" onPress={onDrop} />
        </>
      }
    >
      <View>草案的编入、移出和次序有改动，离开前请选择是否保存。</View>
    </Sheet>
  );
}
