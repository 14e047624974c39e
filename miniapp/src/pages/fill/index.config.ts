export default { navigationBarTitleText: '填报' };
