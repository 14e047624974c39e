import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ConfigProvider } from 'antd';
import zhCN from 'antd/es/locale/zh_CN';
import { Shell } from './Shell.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('console/index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <ConfigProvider locale={zhCN} theme={{ token: { colorPrimary: '#1A5FD0', borderRadius: 8, fontSize: 14 } }}>
      <Shell />
    </ConfigProvider>
  </StrictMode>,
);
