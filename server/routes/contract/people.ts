/** Signing in, and what a person is told about themself. */
import Type, { type Static } from 'typebox';
import { inline, nullable, record } from './shape.ts';

export const Persona = record('Persona', {
  login: Type.String(),
  name: Type.String(),
  title: Type.String(),
  unit: Type.String(),
  seats: Type.Array(Type.String()),
  note: Type.String(),
});
export type Persona = Static<typeof Persona>;

export const Personas = record('Personas', { personas: Type.Array(Persona) });
export type Personas = Static<typeof Personas>;

export const DemoLoginBody = record('DemoLoginBody', {
  login: Type.String({ title: '演示账号', minLength: 1, maxLength: 64 }),
});
export type DemoLoginBody = Static<typeof DemoLoginBody>;

export const PersonView = record('PersonView', {
  id: Type.String(),
  name: Type.String(),
  title: Type.String(),
  phone: nullable(Type.String()),
});
export type PersonView = Static<typeof PersonView>;

export const Login = record('Login', {
  token: Type.String({ description: 'Sent back as `Authorization: Bearer <token>`; stored nowhere in clear' }),
  person: PersonView,
});
export type Login = Static<typeof Login>;

export const SeatView = record('SeatView', {
  id: Type.String(),
  key: Type.String(),
  title: Type.String(),
  unit: inline({ code: Type.String(), name: Type.String() }),
});
export type SeatView = Static<typeof SeatView>;

export const Me = record('Me', {
  person: PersonView,
  unit: inline({ id: Type.String(), code: Type.String(), name: Type.String() }),
  seats: Type.Array(SeatView),
  may: inline({ declare: Type.Boolean(), plan: Type.Boolean() }),
  counts: inline({ todo: Type.Integer(), unread: Type.Integer() }),
});
export type Me = Static<typeof Me>;
