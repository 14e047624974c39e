const isH5 = process.env.TARO_ENV === 'h5';
const FORM_PAGES = ['fill/index', 'case/index'];

export default {
  pages: [
    'pages/home/index',
    'pages/login/index',
    'pages/start/index',
    'pages/plan/index',
    ...(isH5 ? FORM_PAGES.map((page) => `pages/${page}`) : []),
  ],
  // A mini-program fetches what draws forms when the first form is opened. Those pages must share one folder for it,
  // or each would carry the renderer: `forms/` leads to them.
  ...(isH5 ? { animation: false } : { subPackages: [{ root: 'forms', pages: FORM_PAGES }] }),
  window: {
    navigationBarTitleText: '政务信息化项目',
    navigationBarBackgroundColor: '#ffffff',
    navigationBarTextStyle: 'black',
    backgroundColor: '#f5f6f7',
  },
};
