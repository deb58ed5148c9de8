'use client';
import { Monitor, Moon, Sun } from 'lucide-react';
import { IconButton } from '../ui/icon-button';
import { Menu, MenuChoice } from '../ui/menu';
import { usePreferences } from './preferences-context';

const icons = { system: Monitor, light: Sun, dark: Moon };

export const themeOptions = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

export function ThemeMenu() {
  const { theme, setTheme } = usePreferences();
  const Icon = icons[theme];
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label="Theme" className="max-md:hidden">
          <Icon className="size-4" />
        </IconButton>
      }
    >
      <MenuChoice label="Theme" value={theme} options={themeOptions} onChange={setTheme} />
    </Menu>
  );
}
