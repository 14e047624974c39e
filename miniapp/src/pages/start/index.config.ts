export default { navigationBarTitleText: '新建申报' };
