import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { asProblem } from "../api/problem";
import { PageTitle } from "../app/PageTitle";
import { t } from "../text/texts";
import { shortTime } from "../text/time";
import { Loading } from "./Loading";
import { ProblemNotice } from "./ProblemNotice";

interface LoadedProps<Value> {
  query: UseQueryResult<Value>;
  /** The query is what the page is about: its failure is the page's heading. */
  isPage?: boolean;
  children: (value: Value) => ReactNode;
}

/** Loading, failed, or there; what was read before a failure stays on the screen with its time. */
export function Loaded<Value>({ query, isPage = false, children }: LoadedProps<Value>) {
  if (query.isPending) return <Loading />;
  if (query.data === undefined) {
    return (
      <>
        {isPage && <PageTitle title={t("portal.failed.title")} />}
        <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
      </>
    );
  }
  return (
    <>
      {query.isError && (
        <p className="notice notice-warn">{t("portal.stale", { time: shortTime(query.dataUpdatedAt) })}</p>
      )}
      {children(query.data)}
    </>
  );
}
