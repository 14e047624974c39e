/** A stage that only tests have: a payment, signed by five seats at once and released by whoever of two comes first. */
import type { Data, Form } from '../../forms/language/dialect.ts';
import type { Stage } from '../../forms/language/stage.ts';
import { openCase } from '../../server/commands/casework/open.ts';
import { loadDistrict } from '../../server/commands/loadDistrict.ts';
import type { Db } from '../../server/db/connection.ts';
import { newId } from '../../server/db/ids.ts';
import { latestStage } from '../../server/db/published.ts';
import { people, projects } from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import { readDistrict, type District } from '../../server/district.ts';
import type { Flow } from '../../server/flow/model.ts';
import { field, formOf } from './forms.ts';

const FORM: Form = {
  ...formOf({
    money: {
      type: 'void',
      title: '支付',
      'x-index': 1,
      'x-component': 'Section',
      properties: {
        amount: field('Money', '本次支付', 1, { 'x-required': true }),
        purpose: field('Text', '用途', 2, { 'x-required': true, maxLength: 60 }),
        note: field('TextArea', '会签备注', 3, { maxLength: 200 }),
      },
    },
  }),
  key: 'payment',
  title: '资金支付申请表',
  abbreviation: 'ZF',
};

/** The five who sign together, as the demonstration seats them. */
export const SIGNERS = ['jtj.owner', 'jtj.head', 'xxb.reviewer', 'czj.reviewer', 'fgw.reviewer'] as const;

const FLOW: Flow = {
  key: 'payment',
  title: '资金支付',
  nodes: [
    {
      type: 'step',
      key: 'sign',
      title: '会签',
      kind: 'approve',
      seats: [
        { seat: 'projectOwner', unit: 'applicant' },
        { seat: 'unitHead', unit: 'applicant' },
        { seat: 'reviewer', unit: 'xxb' },
        { seat: 'reviewer', unit: 'czj' },
        { seat: 'reviewer', unit: 'fgw' },
      ],
      mode: 'all',
      returns: ['initiator'],
      rights: { payment: { '*': 'read', note: 'edit' } },
    },
    {
      type: 'step',
      key: 'release',
      title: '拨付',
      kind: 'approve',
      seats: [
        { seat: 'intake', unit: 'xxb' },
        { seat: 'director', unit: 'xxb' },
      ],
      mode: 'any',
      returns: ['initiator'],
    },
  ],
  withdraw: 'untilEnded',
  amends: ['payment'],
};

export const PAYMENT_STAGE: Stage = {
  key: 'payment',
  title: '资金支付',
  order: 90,
  description: '仅供测试：同一项目的支付合计不得超过总投资。',
  articles: [],
  subject: 'project',
  line: 'overlay',
  repeatable: true,
  forms: [{ form: 'payment', filledAt: 'start' }],
  startedBy: null,
  filledBy: 'clerk',
  states: {
    draft: 'preliminary',
    at: { initiator: 'preliminary', sign: 'preliminary', release: 'preliminary' },
    approved: 'preliminary',
    rejected: 'preliminary',
    withdrawn: 'preliminary',
  },
  gates: [{ gate: 'withinInvestment', at: 'submit', sum: 'payment.amount' }],
};

/** The real district with the payment stage beside its own. */
export async function districtWithPayment(): Promise<District> {
  const district = await readDistrict();
  return {
    ...district,
    forms: [...district.forms, FORM],
    flows: [...district.flows, FLOW],
    stages: [...district.stages, PAYMENT_STAGE],
  };
}

/** Publishes the district with its payments and seats the demonstration's people. */
export async function publishPayments(db: Db, now: number): Promise<void> {
  await loadDistrict(db, await districtWithPayment(), { demo: true }, now);
}

/** One million yuan, in fen. */
export const MILLION = 100_000_000;

/** A project of the education bureau that may spend `totalInvest` fen, with this many payments begun by its clerk. */
export async function openPayments(
  db: Db,
  { payments, totalInvest = MILLION, no }: { payments: number; totalInvest?: number; no: string },
  now: number,
): Promise<{ projectId: string; caseIds: string[] }> {
  const clerk = await people.one(db, { login: 'jtj.clerk' });
  const stage = await latestStage(db, 'payment');
  if (!clerk || !stage) throw new Error('publish the payments first');
  const { unitId } = clerk;
  const projectId = newId(now);
  return inTransaction(db, async (tx) => {
    await projects.insert(tx, {
      id: projectId,
      no,
      title: `测试项目 ${no}`,
      unitId,
      state: 'preliminary',
      totalInvest,
      createdAt: now,
      updatedAt: now,
      version: 0,
    });
    const caseIds: string[] = [];
    for (let count = 0; count < payments; count += 1) {
      const by = { personId: clerk.id, seatId: null };
      caseIds.push(await openCase(tx, { stage, projectId, unitId, initiatorId: clerk.id, by, carried: [] }, now));
    }
    return { projectId, caseIds };
  });
}

/** What the clerk sends to submit a payment that was only begun. */
export function paymentOf(amount: number, rest: Data = {}): { version: number; forms: { payment: Data } } {
  return { version: 0, forms: { payment: { amount, purpose: '第一笔', ...rest } } };
}
