export default { navigationBarTitleText: '政务信息化项目', enablePullDownRefresh: true };
