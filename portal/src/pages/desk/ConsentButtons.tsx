import { useState } from "react";
import { api, bodyOf } from "../../api/client";
import type { StepUp } from "../../api/presence";
import type { Review } from "../../api/types";
import { useAction } from "../../api/useAction";
import { announce } from "../../app/announce";
import { PresenceDialog } from "../../parts/PresenceDialog";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { t } from "../../text/texts";
import type { Desk } from "./useDesk";

type Answer = "given" | "refused" | "taken_back";

const actions = {
  given: "portal.consent.give",
  refused: "portal.consent.refuse",
  taken_back: "portal.consent.take_back",
} as const;

/** The reporter's word on exactly the text that is shown. */
export function ConsentButtons({ review, desk }: { review: Review; desk: Desk }) {
  const [chosen, setChosen] = useState<Answer>();
  const answer = useAction(
    ({ consent, step_up }: { consent: Answer; step_up: StepUp }, key) =>
      bodyOf(
        api.POST("/api/v1/reviews/{id}/consent", {
          params: { path: { id: review.id }, header: { "Idempotency-Key": key } },
          body: { consent, revision: review.revision, step_up },
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
        {review.abilities.take_consent_back && (
          <button
            className="button button-danger"
            type="button"
            onClick={() => answer.isPending || setChosen("taken_back")}
          >
            {t("portal.consent.take_back")}
          </button>
        )}
        {review.abilities.give_consent_again && (
          <button className="button" type="button" onClick={() => answer.isPending || setChosen("given")}>
            {t("portal.consent.give_again")}
          </button>
        )}
        {review.abilities.consent && review.consent !== "given" && (
          <button
            className="button button-primary"
            type="button"
            onClick={() => answer.isPending || setChosen("given")}
          >
            {t("portal.consent.give")}
          </button>
        )}
        {review.abilities.consent && review.consent !== "refused" && (
          <button className="button" type="button" onClick={() => answer.isPending || setChosen("refused")}>
            {t("portal.consent.refuse")}
          </button>
        )}
      </div>
      {review.abilities.take_consent_back && <p className="hint">{t("portal.consent.take_back.hint")}</p>}
      {chosen !== undefined && (
        <PresenceDialog
          title={t("portal.consent.confirm")}
          action={t(actions[chosen])}
          purpose={`review.consent ${review.id} ${review.revision}`}
          onProof={(step_up) => {
            setChosen(undefined);
            answer.mutate({ consent: chosen, step_up });
          }}
          onClose={() => setChosen(undefined)}
        />
      )}
      {answer.error !== null && <ProblemNotice problem={answer.error} />}
    </>
  );
}
