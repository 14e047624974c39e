/** The in-app inbox. */
import Type, { type Static } from 'typebox';
import { Cursor } from './common.ts';
import { Instant, nullable, record } from './shape.ts';

export const Message = record('Message', {
  id: Type.String(),
  title: Type.String(),
  text: Type.String(),
  caseId: nullable(Type.String()),
  projectTitle: nullable(Type.String({ description: 'As the project is called now; never sent over a channel' })),
  createdAt: Instant(),
  readAt: nullable(Instant()),
});
export type Message = Static<typeof Message>;

export const Messages = record('Messages', {
  items: Type.Array(Message),
  nextCursor: Cursor(),
  unread: Type.Integer(),
});
export type Messages = Static<typeof Messages>;
