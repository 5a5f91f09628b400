import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { asProblem } from "../api/problem";
import { ProblemNotice } from "../parts/ProblemNotice";
import { t } from "../text/texts";
import { PageTitle } from "./PageTitle";

export function PageFailed({ error }: ErrorComponentProps) {
  const router = useRouter();
  const boundary = useQueryErrorResetBoundary();

  const retry = () => {
    boundary.reset();
    void router.invalidate();
  };

  return (
    <>
      <PageTitle title={t("portal.failed.title")} />
      <ProblemNotice problem={asProblem(error)} onRetry={retry} />
    </>
  );
}
