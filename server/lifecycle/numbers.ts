/** Two letters for each kind of project (dictionary `projectKind`); the initials of its Chinese name. */
const CLASS_OF_KIND: Record<string, string> = {
  application: 'YY',
  infrastructure: 'JC',
  dataResource: 'SJ',
  security: 'AQ',
  maintenance: 'YW',
};

/** For kinds added to the dictionary later: 其他. A number must never be missing for want of two letters. */
const OTHER = 'QT';

/** The two letters of a kind of project. */
export function classOf(projectKind: string | null): string {
  return (projectKind !== null && Object.hasOwn(CLASS_OF_KIND, projectKind) && CLASS_OF_KIND[projectKind]) || OTHER;
}

/** `XY-2027-YY-0007`. The sequence runs through the plan year, whatever the kind. */
export function projectNo(planYear: number, projectKind: string | null, sequence: number): string {
  return `XY-${planYear}-${classOf(projectKind)}-${padded(sequence, 4)}`;
}

/** `XY-2027-YY-0007-SB-01`: the project's number, the form's abbreviation, and which one of its kind. */
export function docNo(project: string, abbreviation: string, sequence: number): string {
  return `${project}-${abbreviation}-${padded(sequence, 2)}`;
}

/** Name of the counter that hands out project sequences; counters only go up, so no number is used twice. */
export function projectCounter(planYear: number): string {
  return `project:${planYear}`;
}

/** Name of the counter that hands out document sequences. */
export function docCounter(project: string, abbreviation: string): string {
  return `doc:${project}:${abbreviation}`;
}

function padded(sequence: number, width: number): string {
  if (!Number.isSafeInteger(sequence) || sequence < 1) throw new RangeError(`not a sequence number: ${sequence}`);
  return String(sequence).padStart(width, '0');
}
