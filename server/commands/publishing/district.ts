import type { Form, Option } from '../../../forms/language/dialect.ts';
import type { Stage } from '../../../forms/language/stage.ts';
import type { Flow } from '../../flow/model.ts';

export interface DistrictUnit {
  code: string;
  name: string;
  type: string;
  /** Which seats it has: `applicant`, `agency`, `office`. */
  kind: string;
  uscc: string | null;
}

export interface DistrictSeat {
  key: string;
  title: string;
  kinds: string[];
  /** Kinds of unit in which it reads every case that was submitted: those who keep the register (Article 5). */
  readsAllIn?: string[];
}

export interface DemoPerson {
  login: string;
  name: string;
  title: string;
  phone: string;
  unit: string;
  seats: string[];
  note: string;
}

export interface PlanningClause {
  id: string;
  label: string;
  note: string;
}

/** What the State Council announced for one year. */
export interface WorkdayYear {
  year: number;
  off: string[];
  worked: string[];
}

/** What a `Reference` may lead to besides projects, clauses, people and seats. */
export interface RecordSource {
  title: string;
  /** The form whose approved copies are the records; null for the approved cases themselves. */
  form: string | null;
  /** Fields that name a record. */
  label: string[];
  /** Whose records are offered: those of the applicant's unit and project, or of the whole district. */
  of: 'applicant' | 'district';
}

export interface Article {
  no: string;
  chapter: string;
  text: string;
}

/** The district as it is written in `forms/`: what is asked, by whom it is decided, and under which rules. */
export interface District {
  name: string;
  office: { name: string; phone: string };
  secrecy: { contact: string };
  regulation: { title: string };
  articles: Article[];
  units: DistrictUnit[];
  seats: DistrictSeat[];
  dictionaries: Record<string, Option[]>;
  planning: PlanningClause[];
  workdays: WorkdayYear[];
  /** By key: the `x-source` of a field. */
  sources: Record<string, RecordSource>;
  forms: Form[];
  flows: Flow[];
  stages: Stage[];
  demoPeople: DemoPerson[];
}
