export { default } from '../../pages/fill/index.config.ts';
