/** Where the API lives, set by the build (`config/index.ts`). */
declare const API_BASE: string;

declare module '*.css';
declare module '*.scss';
