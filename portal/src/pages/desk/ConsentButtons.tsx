import { api, bodyOf } from "../../api/client";
import type { Review } from "../../api/types";
import { useAction } from "../../api/useAction";
import { announce } from "../../app/announce";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { t } from "../../text/texts";
import type { Desk } from "./useDesk";

/** The reporter's word on exactly the text that is shown. */
export function ConsentButtons({ review, desk }: { review: Review; desk: Desk }) {
  const answer = useAction(
    (consent: "given" | "refused", key) =>
      bodyOf(
        api.POST("/api/v1/reviews/{id}/consent", {
          params: { path: { id: review.id }, header: { "Idempotency-Key": key } },
          body: { consent },
        }),
      ),
    (fresh) => {
      desk.adopt(fresh);
      announce(t(`portal.review.consent.${fresh.consent}`));
    },
  );

  return (
    <>
      <div className="actions">
        {review.consent !== "given" && (
          <button
            className="button button-primary"
            type="button"
            onClick={() => answer.isPending || answer.mutate("given")}
          >
            {t("portal.consent.give")}
          </button>
        )}
        {review.consent !== "refused" && (
          <button className="button" type="button" onClick={() => answer.isPending || answer.mutate("refused")}>
            {t("portal.consent.refuse")}
          </button>
        )}
      </div>
      {answer.error !== null && <ProblemNotice problem={answer.error} />}
    </>
  );
}
