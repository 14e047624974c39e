export default {
  pages: ['pages/home/index', 'pages/login/index', 'pages/start/index', 'pages/fill/index', 'pages/case/index'],
  window: {
    navigationBarTitleText: '政务信息化项目',
    navigationBarBackgroundColor: '#ffffff',
    navigationBarTextStyle: 'black',
    backgroundColor: '#f5f6f7',
  },
  animation: false,
};
