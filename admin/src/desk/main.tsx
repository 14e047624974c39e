import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Desk } from './Desk.tsx';
import '../../../miniapp/src/theme/tokens.css';
import './desk.scss';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <Desk />
  </StrictMode>,
);
