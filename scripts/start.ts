/** `npm start`: builds what is missing, starts web and worker, and on a first demonstration start plays the projects. */
import { readEnv } from '../server/env.ts';
import { startServer, stopOnSignal, tryAddress } from '../server/main.ts';
import { whyNotStarted } from '../server/startFailure.ts';
import { build } from './build.ts';
import { playDemo } from './demo.ts';

const say = (line: string): void => console.log(line);

try {
  const env = readEnv();
  await tryAddress(env);
  if (env.role.includes('web')) await build(say);
  const kind = env.databaseUrl.startsWith('sqlite:') ? '内置数据库' : 'MySQL 协议数据库';
  say(`${kind}：建库、升级、装载本区数据…`);
  const running = await startServer(env);
  const stopping = stopOnSignal(running);
  if (running.url !== null && env.demo) {
    const played = await playDemo(running.url, say).catch((error: unknown) => {
      // The server that was asked to stop answers the demonstration no more; it ends the process itself.
      if (stopping.aborted) return 0;
      throw error;
    });
    if (played > 0) say(`已办理 ${played} 个演示项目`);
  }
  if (!stopping.aborted) {
    say(running.url === null ? '后台任务已启动' : `已启动：${env.demo ? running.url : env.publicUrl}`);
  }
} catch (error) {
  console.error(whyNotStarted(error));
  process.exit(1);
}
