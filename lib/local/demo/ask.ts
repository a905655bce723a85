import type { Platform } from '../platform.ts';

type Failure = { readonly error?: { readonly code?: string } };

/** Asks the API, and takes no for an error: the demonstration asks for nothing that the API should refuse. */
export const ask = async <T>(
  { call }: Pick<Platform, 'call'>, method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>,
): Promise<T> => {
  const answer = await call(method, path, body, headers);
  if (answer.status < 400) return answer.body as T;
  const code = (answer.body as Failure | null)?.error?.code ?? '';
  throw new Error(`${method} ${path.split('/').slice(0, 2).join('/')}: ${answer.status} ${code}`);
};
