export { FormView } from './FormView.tsx';
export type { FormViewHandle, FormViewProps } from './FormView.tsx';
export { hasColumns } from './questions.ts';
export type { Found, LookUp, PickedFile, StoredFile, UnitName, Uploads } from './context.ts';
