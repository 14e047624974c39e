/** Where the thread begins: it has a loader of its own to learn, then it is TypeScript like everything else. */
import { tsImport } from 'tsx/esm/api';

await tsImport('./threadMain.ts', import.meta.url);
