// A write that happens once. One key names one intended act: when the line broke and nobody knows whether it arrived,
// the same act goes out again under the same key and the server answers what it answered first.
import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { newKey } from "./key";
import { asProblem, type Problem } from "./problem";

interface Act {
  body: string;
  key: string;
}

export function useAction<Input, Output>(
  perform: (input: Input, key: string) => Promise<Output>,
  onDone?: (output: Output, input: Input) => void,
): UseMutationResult<Output, Problem, Input> {
  const client = useQueryClient();
  const unfinished = useRef<Act | undefined>(undefined);
  return useMutation<Output, Problem, Input>({
    mutationFn: async (input) => {
      const body = JSON.stringify(input ?? null);
      const act = unfinished.current?.body === body ? unfinished.current : { body, key: newKey() };
      unfinished.current = act;
      try {
        const output = await perform(input, act.key);
        unfinished.current = undefined;
        return output;
      } catch (error) {
        const problem = asProblem(error);
        if (!problem.isOutcomeUnknown) unfinished.current = undefined;
        // A new session, made in another tab, has a new proof; it is read when this tab is looked at again.
        if (problem.isSignInNeeded) void client.invalidateQueries({ queryKey: ["me"] });
        throw problem;
      }
    },
    onSuccess: onDone,
  });
}
