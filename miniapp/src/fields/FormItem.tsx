import { observer, useField } from '@formily/react';
import { toJS } from '@formily/reactive';
import { Text, View } from '@tarojs/components';
import { useContext } from 'react';
import type { PropsWithChildren } from 'react';
import { equal } from '../../../forms/language/equal.ts';
import type { Field, Json } from '../../../forms/language/dialect.ts';
import { articleName } from '../format.ts';
import { useArticleDrawer } from '../parts/articles.tsx';
import { Tap } from '../parts/Tap.tsx';
import { carriedText } from './carriedText.ts';
import { LoneAnswerContext, useFilling, useSurroundings } from './context.ts';
import { isMust } from './must.ts';
import { Problems } from './Problems.tsx';
import { anchorOf } from './questions.ts';

/** Answers of one short line, which can share a line of the page with another. */
const SHORT: ReadonlySet<string> = new Set(['Text', 'Integer', 'Number', 'Percent', 'Money', 'Phone', 'Date']);

/** The frame of a question: its title, how to answer, where it comes from, and what is wrong with the answer. */
export const FormItem = observer(function FormItem({ children }: PropsWithChildren) {
  const model = useField();
  const filling = useFilling();
  const path = model.path.toString();
  const lone = useContext(LoneAnswerContext) === path;
  const field = filling.fieldAt(path);
  if (!field) return <>{children}</>;
  const isTable = field['x-component'] === 'Table';
  const problems = isTable ? filling.problems.ofTable(path) : filling.problems.at(path);
  const wrong = problems.some((problem) => problem.level === 'block');
  const editable = 'editable' in model && model.editable;
  return (
    <View
      id={anchorOf(path)}
      className={`fx-item ${wrong ? 'fx-item--wrong' : ''} ${filling.target?.path === path ? 'fx-item--target' : ''} ${SHORT.has(field['x-component']) ? 'fx-item--short' : ''} ${field['x-component'] === 'Money' ? 'fx-item--figure' : ''}`}
    >
      {lone ? null : <ItemHead field={field} must={editable && isMust(model)} />}
      {editable && field.description ? <View className="fx-item__hint">{field.description}</View> : null}
      {isTable ? <Problems problems={problems} /> : null}
      {children}
      {isTable ? null : <Problems problems={problems} />}
      <Carried path={path} />
    </View>
  );
});

/** Said until the answer is changed. */
const Carried = observer(function Carried({ path }: { path: string }) {
  const from = useSurroundings().carried[path];
  const filling = useFilling();
  if (from === undefined) return null;
  const now = toJS(filling.model.getValuesIn(path)) as Json | undefined;
  return equal(now ?? null, filling.start[path] ?? null) ? (
    <View className="fx-item__carried">{carriedText(from)}</View>
  ) : null;
});

function ItemHead({ field, must }: { field: Field; must: boolean }) {
  return (
    <View className="fx-item__head">
      <Text className="fx-item__title">
        {field.title}
        {must ? <Text className="fx-item__must"> *</Text> : null}
      </Text>
      {field['x-article'] ? <ArticleLink article={field['x-article']} /> : null}
    </View>
  );
}

/** Where the question comes from; a tap shows the article. */
function ArticleLink({ article }: { article: string }) {
  const open = useArticleDrawer();
  return (
    <Tap className="fx-item__article" role="link" label={`查看${articleName(article)}`} onTap={() => open(article)}>
      <Text>依据{articleName(article)}</Text>
    </Tap>
  );
}
