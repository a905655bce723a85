import { Unreachable } from '../exit.ts';

/** Turns whatever keeps receipts from being read into a message without a receipt's content. */
export const readable = async <T>(read: () => Promise<T>): Promise<T> => {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Unreachable) throw error;
    throw new Unreachable(`the receipts cannot be read: ${error instanceof Error ? error.name : 'error'}`);
  }
};
