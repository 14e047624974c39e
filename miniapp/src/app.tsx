import type { PropsWithChildren } from 'react';
import Taro from '@tarojs/taro';
import { whenSignedOut } from './api/client.ts';
import './app.css';

whenSignedOut(() => {
  void Taro.reLaunch({ url: '/pages/login/index?again=1' });
});

export default function App({ children }: PropsWithChildren) {
  return children;
}
