import { Tap } from './Tap.tsx';
import './Action.css';

interface Props {
  label: string;
  onPress: () => void;
  kind?: 'filled' | 'outline' | 'text' | 'danger';
  busy?: boolean;
  /** Shown while busy: `正在提交…` */
  busyLabel?: string;
  disabled?: boolean;
}

/** A named action. At most one filled and one text action stand in a bar. */
export function Action({ label, onPress, kind = 'filled', busy = false, busyLabel, disabled = false }: Props) {
  return (
    <Tap className={`action action-${kind}${busy ? ' action-busy' : ''}`} disabled={disabled || busy} onTap={onPress}>
      {busy ? (busyLabel ?? '请稍候…') : label}
    </Tap>
  );
}
