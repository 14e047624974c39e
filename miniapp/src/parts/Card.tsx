import { View } from '@tarojs/components';
import type { PropsWithChildren, ReactNode } from 'react';
import './Card.css';

interface Props {
  title?: string;
  /** Beside the title, at the right. */
  aside?: ReactNode;
  tone?: 'plain' | 'wait' | 'refuse' | 'pass' | 'primary';
}

export function Card({ title, aside, tone = 'plain', children }: PropsWithChildren<Props>) {
  return (
    <View className={`card card-${tone}`}>
      {title ? (
        <View className="card-head">
          <View className="card-title" role="heading" aria-level={2}>
            {title}
          </View>
          {aside}
        </View>
      ) : null}
      {children}
    </View>
  );
}
