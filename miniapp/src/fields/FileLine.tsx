import { Text, View } from '@tarojs/components';
import { Tap } from '../parts/Tap.tsx';
import { sizeText } from './sizeText.ts';

interface FileLineProps {
  name: string;
  size: number;
  onOpen: () => void;
  onRemove?: () => void;
}

/** One attachment: tap to open, and where allowed to remove. */
export function FileLine({ name, size, onOpen, onRemove }: FileLineProps) {
  return (
    <View className="fx-file">
      <Tap className="fx-file__open" label={`打开 ${name}`} onTap={onOpen}>
        <Text className="fx-file__name">{name}</Text>
        <Text className="fx-file__size">{sizeText(size)} · 已确认非涉密</Text>
      </Tap>
      {onRemove ? (
        <Tap className="fx-link fx-link--refuse" label={`移除 ${name}`} onTap={onRemove}>
          <Text>移除</Text>
        </Tap>
      ) : null}
    </View>
  );
}
