import { useState } from 'react';
import { planYears } from '../../api/calls.ts';
import { useLoad } from '../../load.ts';
import { goBack } from '../../navigate.ts';
import { Empty, ErrorState } from '../../parts/Empty.tsx';
import { Page } from '../../parts/Page.tsx';
import { CardBones } from '../../parts/Skeleton.tsx';
import { YearPlan } from './YearPlan.tsx';
import { TITLE } from './planText.ts';

/** The draft of the year's plan: compiled from accepted projects, sent to joint review, followed until it is decided. */
export default function Plan() {
  const { data, error, reload } = useLoad(planYears);
  const [chosen, setChosen] = useState<number | null>(null);
  if (!data) {
    return (
      <Page title={TITLE} onBack={goBack}>
        {error ? <ErrorState error={error} onRetry={() => void reload()} /> : <CardBones heights={[2, 4, 4]} />}
      </Page>
    );
  }
  const years = data.years.map(({ year }) => year);
  const year = chosen ?? years[0];
  if (year === undefined) {
    return (
      <Page title={TITLE} onBack={goBack}>
        <Empty
          title="还没有可以编入的项目"
          note="区信息办受理的申报会列在这里，供编入年度计划（草案）（依据《办法》第八条）。"
        />
      </Page>
    );
  }
  return <YearPlan key={year} year={year} years={years} onYear={setChosen} />;
}
