export { default } from '../../pages/case/index.tsx';
