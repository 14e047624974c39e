import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';
import './Tap.css';

interface Props {
  onTap: () => void;
  className?: string;
  /** Read out instead of the content. */
  label?: string;
  role?: 'button' | 'tab' | 'radio' | 'checkbox' | 'option' | 'combobox' | 'link' | 'switch';
  /** Selected tab or option, chosen radio, ticked box, switched-on switch. */
  on?: boolean;
  /** Whether what it unfolds is unfolded. */
  expanded?: boolean;
  id?: string;
  disabled?: boolean;
}

/** What `on` is called for each role; the others unfold something or have no state. */
const STATES: { [role: string]: string } = {
  tab: 'aria-selected',
  option: 'aria-selected',
  radio: 'aria-checked',
  checkbox: 'aria-checked',
  switch: 'aria-checked',
};

/** Anything of our own that can be pressed: finger, mouse, Enter or Space. */
export function Tap(props: PropsWithChildren<Props>) {
  const { onTap, className = '', label, role = 'button', on, expanded, id, disabled = false, children } = props;
  const press = () => {
    if (!disabled) onTap();
  };
  const keyboard = {
    tabIndex: disabled ? -1 : 0,
    onKeyDown: (event: { key: string; target: unknown; currentTarget: unknown; preventDefault: () => void }) => {
      if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return;
      event.preventDefault();
      press();
    },
  };
  const state = { [STATES[role] ?? 'aria-expanded']: STATES[role] ? on : expanded };
  return (
    <View
      id={id}
      className={`tap ${className}`}
      role={role}
      aria-label={label}
      aria-disabled={disabled}
      hoverClass="tap-pressed"
      onClick={press}
      {...keyboard}
      {...state}
    >
      {children}
    </View>
  );
}
