import { Text, View } from '@tarojs/components';
import { blocksOf } from './noteBlocks.ts';
import type { Span } from './noteBlocks.ts';

/** A note as paragraphs and lists. */
export function NoteText({ text }: { text: string }) {
  return (
    <View className="fx-note">
      {blocksOf(text).map(({ kind, lines }, at) => (
        <View key={at} className="fx-note__block" role={kind === 'list' ? 'list' : undefined}>
          {lines.map((line, index) => (
            <View
              key={index}
              className={kind === 'list' ? 'fx-note__entry' : ''}
              role={kind === 'list' ? 'listitem' : undefined}
            >
              <Spans spans={line} />
            </View>
          ))}
        </View>
      ))}
    </View>
  );
}

function Spans({ spans }: { spans: Span[] }) {
  return (
    <>
      {spans.map(({ text, strong }, at) => (
        <Text key={at} className={strong ? 'fx-note__strong' : ''}>
          {text}
        </Text>
      ))}
    </>
  );
}
