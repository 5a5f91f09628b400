import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { api, bodyOf } from "../../api/client";
import { reviewQuery } from "../../api/queries";
import type { Report } from "../../api/types";
import { useAction } from "../../api/useAction";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { t } from "../../text/texts";

/** To the open review of this report, or begins one. */
export function ReviewActions({ report }: { report: Report }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const begin = useAction(
    (_: undefined, key) =>
      bodyOf(
        api.POST("/api/v1/reports/{id}/reviews", {
          params: { path: { id: report.id }, header: { "Idempotency-Key": key } },
          body: { audience: "members", kind: "story" },
        }),
      ),
    (review) => {
      client.setQueryData(reviewQuery(review.id).queryKey, review);
      void navigate({ to: "/share/$id/review", params: { id: review.id } });
    },
  );

  const open = report.reviews.find((review) => review.state === "open");
  if (open !== undefined) {
    return (
      <Link className="button" to="/share/$id/review" params={{ id: open.id }}>
        {t("portal.review.continue")}
      </Link>
    );
  }
  return (
    <>
      <button
        className="button"
        type="button"
        aria-disabled={begin.isPending}
        onClick={() => begin.isPending || begin.mutate(undefined)}
      >
        {t("portal.review.begin")}
      </button>
      {begin.error !== null && <ProblemNotice problem={begin.error} />}
    </>
  );
}
