export { default } from '../../pages/case/index.config.ts';
