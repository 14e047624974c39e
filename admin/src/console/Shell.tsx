import { Button, Layout, Result } from 'antd';

/** The console's frame. It has no rooms yet: everything of the declaration is done on the phone. */
export function Shell() {
  return (
    <Layout style={{ minHeight: '100vh' }}>
      <Layout.Header style={{ background: '#fff', borderBottom: '1px solid #E5E6EB', fontSize: 16, fontWeight: 600 }}>
        政务信息化建设项目管理 · 管理端
      </Layout.Header>
      <Layout.Content style={{ padding: 24 }}>
        <Result
          status="info"
          title="管理端还没有可用的功能"
          subTitle="项目申报、单位内审、签发和受理都在手机端办理。表单与流程设计、计划和台账将在这里提供。"
          extra={[
            <Button key="phone" type="primary" href="/m/">
              打开手机端
            </Button>,
            <Button key="desk" href="/">
              返回首页
            </Button>,
          ]}
        />
      </Layout.Content>
    </Layout>
  );
}
