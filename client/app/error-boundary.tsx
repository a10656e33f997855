import { Component, type ReactNode } from 'react';
import { ErrorState } from '../api/error-state.tsx';
import { asError } from '../api/http.ts';

interface Props {
  children: ReactNode;
}

/** An unexpected error costs one page, not the app. */
export class ErrorBoundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error: asError(error) };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return <ErrorState level={1} error={this.state.error} onRetry={() => window.location.reload()} />;
  }
}
