export default { navigationBarTitleText: '办件' };
