// Sets the colour scheme before the first paint, so that dark mode does not flash. The keys and the attribute are
// those of MUI's useColorScheme, as set in client/ui/theme/theme.ts; the colours are those of client/ui/theme/global.css.
(() => {
  let mode = 'system';
  try {
    mode = localStorage.getItem('mui-mode') ?? 'system';
  } catch {
    // Storage is closed to this page: the system's scheme it is.
  }
  const dark = mode === 'dark' || (mode === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-color-scheme', dark ? 'dark' : 'light');
})();
