/** The draft of the year's plan: its lines, and what may still be taken into it. */
import Type, { type Static } from 'typebox';
import { Fen, Id, inline, nullable, record, Version } from './shape.ts';

const Year = () => Type.Integer({ title: '年度', minimum: 2000, maximum: 2100 });

/** A year in an address arrives as text. */
export const YearParams = inline({ year: Type.String({ title: '年度', pattern: '^20\\d\\d$' }) });
export type YearParams = Static<typeof YearParams>;

export const PlanYears = record('PlanYears', {
  years: Type.Array(inline({ year: Year(), lines: Type.Integer(), sent: Type.Integer(), candidates: Type.Integer() })),
});
export type PlanYears = Static<typeof PlanYears>;

export const PlanLine = record('PlanLine', {
  projectId: Type.String(),
  no: nullable(Type.String()),
  title: nullable(Type.String()),
  unitName: Type.String(),
  amount: nullable(Fen()),
  batch: nullable(Type.Integer()),
  caseId: nullable(Type.String()),
  state: Type.Enum(['draft', 'running', 'returned', 'ended']),
  outcome: nullable(Type.Enum(['approved', 'rejected', 'withdrawn'])),
  stateTitle: Type.String(),
  stepTitle: nullable(Type.String()),
  answered: Type.Integer({ description: 'Seats of the step it stands at that have answered in this round' }),
  asked: Type.Integer(),
});
export type PlanLine = Static<typeof PlanLine>;

export const PlanCandidate = record('PlanCandidate', {
  projectId: Type.String(),
  no: nullable(Type.String()),
  title: nullable(Type.String()),
  unitName: Type.String(),
  amount: nullable(Fen()),
});
export type PlanCandidate = Static<typeof PlanCandidate>;

export const PlanView = record('PlanView', {
  year: Year(),
  version: Version(),
  mayCompile: Type.Boolean(),
  asks: Type.Array(Type.String(), { description: 'Seats a line is sent to, all at once' }),
  lines: Type.Array(PlanLine),
  candidates: Type.Array(PlanCandidate),
});
export type PlanView = Static<typeof PlanView>;

export const CompileBody = record('CompileBody', {
  version: Version(),
  projects: Type.Array(Id('项目'), { title: '编入的项目', maxItems: 500, uniqueItems: true }),
});
export type CompileBody = Static<typeof CompileBody>;

export const SendPlanBody = record('SendPlanBody', { version: Version() });
export type SendPlanBody = Static<typeof SendPlanBody>;
