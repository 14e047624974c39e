import { View } from '@tarojs/components';
import { articleName, articleNo } from '../format.ts';
import { useArticleDrawer } from './articles.tsx';
import { Tap } from './Tap.tsx';
import './Sentence.css';

const ARTICLE = /(第[一二三四五六七八九十]+条)/;

interface Props {
  text: string;
  /** Added at the end when the sentence itself does not name it. */
  article?: string | undefined;
}

/** A sentence in which every 第N条 opens the article. Never inside a `Text`: WeChat shows only text in there. */
export function Sentence({ text, article }: Props) {
  const open = useArticleDrawer();
  const named = article && !text.includes(articleName(article)) ? withArticle(text, articleName(article)) : text;
  return (
    <View className="sentence">
      {named.split(ARTICLE).map((piece, index) =>
        index % 2 ? (
          <Tap
            key={index}
            role="link"
            className="sentence-article"
            label={`查看${piece}`}
            onTap={() => open(articleNo(piece.slice(1, -1)))}
          >
            {piece}
          </Tap>
        ) : (
          piece
        ),
      )}
    </View>
  );
}

/** `……请重点审核（依据《办法》第十一条）。` */
function withArticle(text: string, name: string): string {
  const full = text.endsWith('。');
  return `${full ? text.slice(0, -1) : text}（依据《办法》${name}）${full ? '。' : ''}`;
}
