import { createStore, useStore } from 'zustand';

interface DeliveryState {
  /** Why the last attempt did not empty the outbox; null: it did. */
  failure: Error | null;
}

const delivery = createStore<DeliveryState>(() => ({ failure: null }));

const failureOf = ({ failure }: DeliveryState): Error | null => failure;

export function setDeliveryFailure(failure: Error | null): void {
  delivery.setState({ failure });
}

export function useDeliveryFailure(): Error | null {
  return useStore(delivery, failureOf);
}
