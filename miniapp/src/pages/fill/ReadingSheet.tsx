import { FiledForm } from '../../parts/FiledForm.tsx';
import { Sheet } from '../../parts/Sheet.tsx';
import type { OpenCase } from '../../work.ts';
import './ReadingSheet.css';

interface Props {
  open: OpenCase;
  /** The form that is being filled in. */
  except: string;
  onClose: () => void;
}

/** What one reads while filling in; what was filled in stays as it is below. */
export function ReadingSheet({ open, except, onClose }: Props) {
  return (
    <Sheet title={open.view.project.title ?? '申报内容'} onClose={onClose} full>
      <FiledForms open={open} except={except} />
    </Sheet>
  );
}

function FiledForms({ open, except }: Omit<Props, 'onClose'>) {
  return (
    <>
      {open.view.forms
        .filter((form) => form.key !== except && (form.filledAt === 'start' || form.revision > 0))
        .map((form) => (
          <FiledForm key={form.key} open={open} form={form} unfolded={false} />
        ))}
    </>
  );
}
