import { Component, type ReactNode } from 'react';

type Props = {
  /** What could not be shown, by its title. */
  readonly title: string;
  /** A new one is another try. */
  readonly subject: unknown;
  readonly children: ReactNode;
};
type State = { readonly error: unknown; readonly hasFailed: boolean; readonly subject: unknown };

/** What goes wrong in one view of one plugin stays there: the host, and every other slot, go on. */
export class SlotBoundary extends Component<Props, State> {
  override state: State = { error: undefined, hasFailed: false, subject: this.props.subject };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error, hasFailed: true };
  }

  static getDerivedStateFromProps({ subject }: Props, state: State): Partial<State> | null {
    return subject === state.subject ? null : { error: undefined, hasFailed: false, subject };
  }

  override render(): ReactNode {
    const { error, hasFailed } = this.state;
    if (!hasFailed) return this.props.children;
    return (
      <p className="clew-slot-error" role="alert">
        {this.props.title} cannot be shown: {error instanceof Error ? error.message : String(error)}{' '}
        <button
          type="button"
          className="clew-button"
          onClick={() => this.setState({ error: undefined, hasFailed: false })}
        >
          Try again
        </button>
      </p>
    );
  }
}
