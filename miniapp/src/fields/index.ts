export { FormView } from './FormView.tsx';
export type { FormViewHandle, FormViewProps } from './FormView.tsx';
export type { Found, LookUp, PickedFile, StoredFile, UnitName, Uploads } from './context.ts';
