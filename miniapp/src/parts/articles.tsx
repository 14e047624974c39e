import { Text, View } from '@tarojs/components';
import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react';
import type { PropsWithChildren } from 'react';
import { articles } from '../api/calls.ts';
import type { Article } from '../api/types.ts';
import { articleName } from '../format.ts';
import { useLoad } from '../load.ts';
import { ErrorState } from './Empty.tsx';
import { Sheet } from './Sheet.tsx';
import { Bone } from './Skeleton.tsx';
import './articles.css';

type Open = (no: string) => void;

const Drawer = createContext<Open>(() => undefined);

/** Opens the text of the regulation at an article: `open('7')`. */
export function useArticleDrawer(): Open {
  return useContext(Drawer);
}

/** Every page carries the regulation in a drawer. */
export function ArticleDrawer({ children }: PropsWithChildren) {
  const [no, setNo] = useState<string | null>(null);
  const close = useCallback(() => setNo(null), []);
  return (
    <Drawer.Provider value={setNo}>
      {children}
      {no === null ? null : <ArticleSheet no={no} onClose={close} />}
    </Drawer.Provider>
  );
}

function ArticleSheet({ no, onClose }: { no: string; onClose: () => void }) {
  const { data, error, reload } = useLoad(articles);
  return (
    <Sheet title="《办法》条文" onClose={onClose}>
      {error ? <ErrorState error={error} onRetry={() => void reload()} /> : null}
      {!data && !error ? (
        <View role="status" aria-label="正在读取">
          <Bone width="30%" tall />
          <Bone />
          <Bone width="80%" />
        </View>
      ) : null}
      {inReadingOrder(data ?? [], no).map((article) => (
        <ArticleText key={article.no} {...article} sought={article.no === no} />
      ))}
    </Sheet>
  );
}

/** A mini-program cannot scroll inside a sheet: there the article asked for stands first. */
function inReadingOrder(all: Article[], sought: string): Article[] {
  if (process.env.TARO_ENV === 'h5') return all;
  return [...all.filter(({ no }) => no === sought), ...all.filter(({ no }) => no !== sought)];
}

interface ArticleProps {
  no: string;
  text: string;
  sought?: boolean;
}

/** One article; the one asked for comes into view and stands out. */
export function ArticleText({ no, text, sought = false }: ArticleProps) {
  const self = useRef<unknown>(null);
  useEffect(() => {
    if (process.env.TARO_ENV !== 'h5') return;
    if (sought && self.current instanceof HTMLElement) self.current.scrollIntoView({ block: 'center' });
  }, [sought]);
  return (
    <View ref={self} className={`article${sought ? ' article-sought' : ''}`}>
      <Text className="article-no">{articleName(no)}</Text>
      {text.split('\n').map((line, index) => (
        <View className="article-line" key={index}>
          {line}
        </View>
      ))}
    </View>
  );
}
