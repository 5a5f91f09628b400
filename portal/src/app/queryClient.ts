import { QueryClient } from "@tanstack/react-query";
import { asProblem } from "../api/problem";

const attempts = 2;

/** Only a broken line is worth asking again; a refusal stays a refusal. */
function shouldRetry(failures: number, error: Error): boolean {
  return failures < attempts && asProblem(error).isOutcomeUnknown;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: shouldRetry, staleTime: 10_000, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
}
