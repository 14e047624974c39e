import type { Form } from '../../forms/language/dialect.ts';
import type { Reader } from '../db/handle.ts';
import { contentHash } from '../db/json.ts';
import { latestForms, latestStages } from '../db/published.ts';
import {
  formDrafts,
  formFiles,
  formLog,
  formRetirements,
  formVersions,
  people,
  type FormDraftRow,
  type FormVersionRow,
} from '../db/tables.ts';
import { Refusal } from '../errors.ts';
import { can, type Person } from '../policies.ts';

/** Every form there is: published, retired, or only a draft so far. `files` are the forms as `forms/` has them. */
export async function designForms(reader: Reader, person: Person, files: Form[]) {
  refuseOthers(person);
  const latest = await latestForms(reader);
  const drafts = await formDrafts.find(reader, {}, { order: [['formKey', 'asc']] });
  const unpublished = drafts.filter(({ formKey }) => !latest.some((version) => version.formKey === formKey));
  const rows = [
    ...latest.map((version) => ({ key: version.formKey, version })),
    ...unpublished.map(({ formKey }) => ({ key: formKey, version: null })),
  ];
  const standing = await standingOf(reader, latest, files);
  return {
    forms: rows.map(({ key, version }) => {
      const draft = drafts.find(({ formKey }) => formKey === key) ?? null;
      return {
        key,
        title: version?.body.title ?? draft?.title ?? key,
        version: version?.version ?? 0,
        versionId: version?.id ?? null,
        publishedAt: version?.publishedAt ?? null,
        draft: draft !== null,
        ...standing(key, version?.id ?? null),
      };
    }),
  };
}

/** One form: its versions with who published or retired them and why, the newest first. */
export async function designForm(reader: Reader, person: Person, files: Form[], formKey: string) {
  refuseOthers(person);
  const versions = await formVersions.find(reader, { formKey }, { order: [['version', 'desc']] });
  const draft = await formDrafts.one(reader, { formKey });
  const [latest] = versions;
  if (!latest && !draft) throw new Refusal('not_found');
  const log = await formLog.find(
    reader,
    { formKey },
    {
      order: [
        ['at', 'asc'],
        ['id', 'asc'],
      ],
    },
  );
  const names = await namesOf(
    reader,
    log.flatMap(({ personId }) => personId ?? []),
  );
  const { fileDiffers, ...standing } = (await standingOf(reader, latest ? [latest] : [], files))(
    formKey,
    latest?.id ?? null,
  );
  return {
    key: formKey,
    title: latest?.body.title ?? draft?.title ?? formKey,
    ...standing,
    file: fileDiffers ? (files.find(({ key }) => key === formKey) ?? null) : null,
    versions: versions.map(({ id, version, hash, publishedAt }) => ({
      id,
      version,
      hash,
      publishedAt,
      log: log
        .filter(({ formVersionId }) => formVersionId === id)
        .map(({ action, personId, reason, at }) => ({
          action,
          person: personId === null ? null : (names.get(personId) ?? null),
          reason,
          at,
        })),
    })),
    draft: draft && (await draftWords(reader, draft)),
  };
}

/** The form's draft, as it was last saved. */
export async function formDraft(reader: Reader, person: Person, formKey: string) {
  refuseOthers(person);
  const draft = await formDrafts.one(reader, { formKey });
  if (!draft) throw new Refusal('not_found');
  return { ...(await draftWords(reader, draft)), form: draft.body };
}

async function draftWords(reader: Reader, draft: FormDraftRow) {
  const names = await namesOf(reader, [draft.savedBy]);
  const { version, baseVersionId, savedAt } = draft;
  return { version, baseVersionId, savedAt, savedBy: names.get(draft.savedBy) ?? '' };
}

/** Whether a form is retired, which stages ask it anew, and whether its file says something nobody has published. */
async function standingOf(reader: Reader, latest: FormVersionRow[], files: Form[]) {
  const retired = await formRetirements.find(reader, { formVersionId: latest.map(({ id }) => id) });
  const noted = new Map((await formFiles.find(reader, {})).map(({ formKey, hash }) => [formKey, hash]));
  const stages = await latestStages(reader);
  return (key: string, versionId: string | null) => {
    const file = files.find((form) => form.key === key);
    const hash = file && contentHash(file);
    return {
      retired: retired.some(({ formVersionId }) => formVersionId === versionId),
      stages: stages
        .filter(({ body }) => body.forms.some(({ form, from }) => form === key && from === undefined))
        .map(({ body }) => body.title),
      fileDiffers:
        hash !== undefined && hash !== noted.get(key) && hash !== latest.find(({ formKey }) => formKey === key)?.hash,
    };
  };
}

async function namesOf(reader: Reader, ids: string[]): Promise<Map<string, string>> {
  return new Map((await people.find(reader, { id: [...new Set(ids)] })).map(({ id, name }) => [id, name]));
}

function refuseOthers(person: Person): void {
  if (!can(person, 'designForms', {})) throw new Refusal('forbidden', { what: '管理表单' });
}
