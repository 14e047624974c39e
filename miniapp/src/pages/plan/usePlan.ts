import { useCallback, useState } from 'react';
import * as api from '../../api/calls.ts';
import { ApiError } from '../../api/client.ts';
import type { PlanView } from '../../api/types.ts';
import { useLoad } from '../../load.ts';
import { changedTo, isChanged, savedIds } from './planOrder.ts';
import type { Order } from './planOrder.ts';
import type { Project } from './planText.ts';

interface Removed {
  project: Project;
  at: number;
}

const CHANGED_BY_OTHERS = '草案已被他人更新，已重新读取。您刚才没有保存的调整没有生效，请核对后再改。';

/**
 * One year's plan while somebody works on it: the order of the lines not sent yet is theirs until it is saved; all else
 * is the server's.
 */
export function usePlan(year: number) {
  const ask = useCallback(() => api.planOf(year), [year]);
  const { data: plan, error, reload, set } = useLoad(ask);
  const [order, setOrder] = useState<Order | null>(null);
  const [removed, setRemoved] = useState<Removed | null>(null);
  const [busy, setBusy] = useState<'save' | 'send' | null>(null);
  const [told, setTold] = useState('');
  const [refusal, setRefusal] = useState<ApiError | null>(null);

  const saved = plan?.lines.filter(({ caseId }) => caseId === null) ?? [];
  const known = new Map<string, Project>([...saved, ...(plan?.candidates ?? [])].map((one) => [one.projectId, one]));
  const ids = order?.ids ?? savedIds(plan);
  const unsent = ids.flatMap((id) => known.get(id) ?? []);
  const candidates = [...known.values()].filter(({ projectId }) => !ids.includes(projectId));
  const dirty = isChanged(plan, order);

  const change = (next: string[]) => {
    if (!plan) return;
    setOrder(changedTo(next, plan, order));
    setTold('');
    setRefusal(null);
  };
  const add = (more: string[]) => {
    change([...ids, ...more]);
    setRemoved(null);
  };
  const move = (at: number, by: -1 | 1) => {
    const next = [...ids];
    const [moved] = next.splice(at, 1);
    if (moved === undefined) return;
    next.splice(at + by, 0, moved);
    change(next);
  };
  const remove = (project: Project) => {
    setRemoved({ project, at: ids.indexOf(project.projectId) });
    change(ids.filter((id) => id !== project.projectId));
  };
  const takeBack = () => {
    if (!removed) return;
    const next = ids.filter((id) => id !== removed.project.projectId);
    next.splice(removed.at, 0, removed.project.projectId);
    change(next);
    setRemoved(null);
  };

  const show = (next: PlanView) => {
    set(next);
    setOrder(null);
    setRemoved(null);
  };
  const refused = async (cause: unknown) => {
    if (!(cause instanceof ApiError)) throw cause;
    if (cause.code !== 'stale_version') {
      setRefusal(cause);
      return;
    }
    await reload();
    setOrder(null);
    setRemoved(null);
    setTold(CHANGED_BY_OTHERS);
  };

  const saveTo = async (current: PlanView): Promise<PlanView> => {
    if (!isChanged(current, order)) return current;
    const next = await api.compilePlan(year, order.version, order.ids);
    show(next);
    return next;
  };
  /** Says whether it was done; a refusal is on the screen then. */
  const run = async (what: 'save' | 'send', act: (current: PlanView) => Promise<string>): Promise<boolean> => {
    if (!plan || busy) return false;
    setBusy(what);
    setTold('');
    setRefusal(null);
    try {
      setTold(await act(plan));
      return true;
    } catch (cause) {
      await refused(cause);
      return false;
    } finally {
      setBusy(null);
    }
  };
  const save = () =>
    run('save', async (current) => {
      await saveTo(current);
      return '草案已保存。';
    });
  const send = () =>
    run('send', async (current) => {
      const count = unsent.length;
      show(await api.sendPlan(year, (await saveTo(current)).version));
      return `已送审 ${count} 项，各席位已收到待办。`;
    });

  return {
    plan,
    error,
    reload,
    unsent,
    candidates,
    dirty,
    removed,
    busy,
    told,
    refusal,
    add,
    move,
    remove,
    takeBack,
    save,
    send,
  };
}

export type PlanDesk = ReturnType<typeof usePlan>;
