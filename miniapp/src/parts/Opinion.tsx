import { Text, Textarea, View } from '@tarojs/components';
import { Tap } from './Tap.tsx';
import './Opinion.css';

interface Props {
  title: string;
  value: string;
  onChange: (value: string) => void;
  placeholder: string;
  /** Set phrases for one thumb; pressing one writes it. */
  phrases?: string[];
  maxLength?: number;
  error?: string | null;
}

/** What one has to say, typed or taken from the set phrases. */
export function Opinion({ title, value, onChange, placeholder, phrases = [], maxLength = 2000, error }: Props) {
  return (
    <View className="opinion">
      <Text className="opinion-title">{title}</Text>
      <View className={`opinion-box${error ? ' opinion-wrong' : ''}`}>
        <Textarea
          className="opinion-text"
          value={value}
          maxlength={maxLength}
          placeholder={placeholder}
          onInput={(event) => onChange(event.detail.value)}
          nativeProps={{ 'aria-label': title, 'aria-invalid': Boolean(error) }}
        />
      </View>
      {error ? (
        <View className="opinion-error" role="alert">
          {error}
        </View>
      ) : null}
      {phrases.length > 0 ? (
        <View className="opinion-phrases">
          {phrases.map((phrase) => (
            <Tap key={phrase} className="opinion-phrase" label={`填入：${phrase}`} onTap={() => onChange(phrase)}>
              {phrase}
            </Tap>
          ))}
        </View>
      ) : null}
    </View>
  );
}
