import { createTheme } from '@mui/material/styles';
import type {} from '@mui/material/themeCssVarsAugmentation';

const FONT = "'Figtree Variable', system-ui, -apple-system, 'Segoe UI', sans-serif";

/** A magpie's feathers: ink on paper, and one blue-green accent. Every text colour has at least 4.5:1 on both grounds. */
export const theme = createTheme({
  cssVariables: { colorSchemeSelector: '[data-color-scheme="%s"]' },
  colorSchemes: {
    light: {
      palette: {
        background: { default: '#faf8f3', paper: '#ffffff' },
        text: { primary: '#101a2b', secondary: '#4b5666' },
        primary: { main: '#00687a', contrastText: '#ffffff' },
        success: { main: '#1b6e3c' },
        error: { main: '#b3261e' },
        warning: { main: '#8a5300' },
        divider: '#e2ddd2',
      },
    },
    dark: {
      palette: {
        background: { default: '#0d1420', paper: '#141d2b' },
        text: { primary: '#ece9e2', secondary: '#aab4c2' },
        primary: { main: '#63cfd6', contrastText: '#06222a' },
        success: { main: '#71d49b' },
        error: { main: '#ff9b90' },
        warning: { main: '#f0b95b' },
        divider: '#2a3648',
      },
    },
  },
  shape: { borderRadius: 12 },
  motion: { reducedMotion: 'system' },
  focusVisible: { outlineWidth: 3, outlineStyle: 'solid', outlineOffset: 2 },
  typography: {
    fontFamily: FONT,
    button: { textTransform: 'none', fontWeight: 600 },
  },
  components: {
    MuiButton: { defaultProps: { disableElevation: true } },
    MuiPaper: { defaultProps: { elevation: 0 } },
    MuiSnackbarContent: {
      styleOverrides: {
        root: ({ theme: { vars } }) => ({
          backgroundColor: vars?.palette.text.primary,
          color: vars?.palette.background.default,
        }),
      },
    },
    MuiSkeleton: { defaultProps: { animation: 'wave' } },
  },
});
