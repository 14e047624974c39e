import type { PropsWithChildren } from 'react';
import { whenSignedOut } from './api/client.ts';
import { watchMissingPages } from './missingPage.ts';
import { to } from './navigate.ts';
import { keepOwnHistory } from './ownHistory.ts';
import { watchSheets } from './parts/openSheets.ts';
import './app.css';

if (process.env.TARO_ENV === 'h5') {
  keepOwnHistory();
  watchSheets();
  watchMissingPages();
}

whenSignedOut(() => to.login(true));

export default function App({ children }: PropsWithChildren) {
  return children;
}
