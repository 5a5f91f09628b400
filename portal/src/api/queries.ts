// Everything the portal reads, with the keys under which the event stream refreshes it.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { setServerTime } from "../text/clock";
import { api, bodyOf, rememberCsrf } from "./client";
import type { FactDefinition } from "./types";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async () => {
    const me = await bodyOf(api.GET("/api/v1/me"));
    rememberCsrf(me.csrf);
    return me;
  },
  staleTime: 5 * 60_000,
});

/** How this person shows that they are there. */
export const meansQuery = queryOptions({
  queryKey: ["factors"],
  queryFn: async () => (await bodyOf(api.GET("/api/v1/account/factors"))).step_up,
});

export const homeQuery = queryOptions({
  queryKey: ["home"],
  queryFn: async () => {
    const home = await bodyOf(api.GET("/api/v1/home"));
    setServerTime(home.now);
    return home;
  },
  // Clocks move from ample to near without any event.
  refetchInterval: 60_000,
});

/** One's own, of the first report. Another window may save or send one at any time. */
export const draftsQuery = queryOptions({
  queryKey: ["drafts"],
  queryFn: async () => (await bodyOf(api.GET("/api/v1/drafts"))).items,
});

export const factsQuery = queryOptions({
  queryKey: ["facts"],
  queryFn: async () => (await bodyOf(api.GET("/api/v1/facts"))) as FactDefinition[],
  staleTime: Number.POSITIVE_INFINITY,
});

const pages = { initialPageParam: undefined as string | undefined };
const nextOf = (page: { next?: string }) => page.next;

export const reportsQuery = infiniteQueryOptions({
  queryKey: ["reports"],
  queryFn: ({ pageParam }) => bodyOf(api.GET("/api/v1/reports", { params: { query: { before: pageParam } } })),
  getNextPageParam: nextOf,
  ...pages,
});

export const releasesQuery = infiniteQueryOptions({
  queryKey: ["releases"],
  queryFn: ({ pageParam }) => bodyOf(api.GET("/api/v1/releases", { params: { query: { before: pageParam } } })),
  getNextPageParam: nextOf,
  ...pages,
});

export const casesQuery = infiniteQueryOptions({
  queryKey: ["cases"],
  queryFn: ({ pageParam }) => bodyOf(api.GET("/api/v1/cases", { params: { query: { before: pageParam } } })),
  getNextPageParam: nextOf,
  ...pages,
});

export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: ["report", id],
    queryFn: () => bodyOf(api.GET("/api/v1/reports/{id}", { params: { path: { id } } })),
  });

export const dutiesQuery = (id: string) =>
  queryOptions({
    queryKey: ["report", id, "duties"],
    queryFn: () => bodyOf(api.GET("/api/v1/reports/{id}/duties", { params: { path: { id } } })),
    refetchInterval: 60_000,
  });

export const reportSeenByQuery = (id: string) =>
  queryOptions({
    queryKey: ["report", id, "readers"],
    queryFn: async () => (await bodyOf(api.GET("/api/v1/reports/{id}/readers", { params: { path: { id } } }))).items,
  });

export const deliveriesQuery = (id: string) =>
  queryOptions({
    queryKey: ["report", id, "deliveries"],
    queryFn: () => bodyOf(api.GET("/api/v1/reports/{id}/deliveries", { params: { path: { id } } })),
  });

export const recipientsQuery = (id: string) =>
  queryOptions({
    queryKey: ["report", id, "recipients"],
    queryFn: () => bodyOf(api.GET("/api/v1/reports/{id}/recipients", { params: { path: { id } } })),
  });

export const reportFormsQuery = (id: string) =>
  queryOptions({
    queryKey: ["report", id, "forms"],
    queryFn: async () => (await bodyOf(api.GET("/api/v1/reports/{id}/forms", { params: { path: { id } } }))).items,
  });

export const submissionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["report", id, "submissions"],
    queryFn: async () =>
      (await bodyOf(api.GET("/api/v1/reports/{id}/submissions", { params: { path: { id } } }))).items,
  });

export const reviewQuery = (id: string) =>
  queryOptions({
    queryKey: ["review", id],
    queryFn: () => bodyOf(api.GET("/api/v1/reviews/{id}", { params: { path: { id } } })),
  });

export const previewQuery = (id: string, revision: number) =>
  queryOptions({
    queryKey: ["review", id, "preview", revision],
    queryFn: () => bodyOf(api.GET("/api/v1/reviews/{id}/preview", { params: { path: { id } } })),
  });

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ["case", id],
    queryFn: () => bodyOf(api.GET("/api/v1/cases/{id}", { params: { path: { id } } })),
  });
