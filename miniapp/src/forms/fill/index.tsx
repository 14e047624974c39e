export { default } from '../../pages/fill/index.tsx';
