/** A message on its way to one person. */
export interface Envelope {
  /** The same at every attempt: a channel that has seen it delivers nothing twice. */
  id: string;
  personId: string;
  kind: string;
  title: string;
  text: string;
  caseId: string | null;
  createdAt: number;
}

/** One way to reach people. Delivering throws when it did not work; the job then tries again later. */
export interface Channel {
  readonly name: string;
  deliver(envelope: Envelope, signal: AbortSignal): Promise<void>;
}
