import { useColorScheme, useTheme } from '@mui/material/styles';
import { useEffect } from 'react';

/** Keeps the browser's own bar in the colour of the page, in either colour scheme. */
export function ThemeColor() {
  const { colorSchemes } = useTheme();
  const { mode, systemMode } = useColorScheme();
  const scheme = mode === 'system' ? systemMode : mode;
  const paper = colorSchemes[scheme ?? 'light']?.palette.background.default;
  useEffect(() => {
    if (paper) document.querySelector('meta[name="theme-color"]')?.setAttribute('content', paper);
  }, [paper]);
  return null;
}
