export default { navigationBarTitleText: '年度计划（草案）' };
