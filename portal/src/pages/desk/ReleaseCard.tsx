import { useState } from "react";
import { api, bodyOf } from "../../api/client";
import type { StepUp } from "../../api/presence";
import type { Review } from "../../api/types";
import { useAction } from "../../api/useAction";
import { announce } from "../../app/announce";
import { Instant } from "../../parts/Instant";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { ReaderList } from "../../parts/Readers";
import { nameOf, t } from "../../text/texts";
import { ApproveDialog } from "./ApproveDialog";
import { ConsentButtons } from "./ConsentButtons";
import type { Desk } from "./useDesk";

interface ReleaseCardProps {
  review: Review;
  desk: Desk;
}

function Approvals({ review }: { review: Review }) {
  if (review.approved_by.length === 0) return <p>{t("portal.approvals.none")}</p>;
  return (
    <ul>
      {review.approved_by.map((approval) => (
        <li key={approval.person.id}>
          {nameOf(approval.person)} <Instant at={approval.at} full />
        </li>
      ))}
    </ul>
  );
}

/** Why approving makes no sense yet; nothing when it does. */
function obstacle(review: Review, isDirty: boolean): string | undefined {
  if (isDirty) return t("portal.approve.unsaved");
  return review.refusal === undefined ? undefined : t("portal.approve.refused");
}

function mayAnswer({ abilities }: Review): boolean {
  return abilities.consent || abilities.take_consent_back || abilities.give_consent_again;
}

/** Who will read it, who agreed, who approved; and the last step. */
export function ReleaseCard({ review, desk }: ReleaseCardProps) {
  const [isAsking, setAsking] = useState(false);
  const approve = useAction(
    ({ revision, step_up }: { revision: number; step_up: StepUp }, key) =>
      bodyOf(
        api.POST("/api/v1/reviews/{id}/approvals", {
          params: { path: { id: review.id }, header: { "Idempotency-Key": key } },
          body: { revision, step_up },
        }),
      ),
    (fresh) => {
      desk.adopt(fresh);
      announce(t(fresh.state === "published" ? "portal.desk.published" : "portal.approve.done"));
    },
  );
  const reason = obstacle(review, desk.isDirty);

  const confirm = (step_up: StepUp) => {
    setAsking(false);
    approve.mutate({ revision: review.revision, step_up });
  };

  return (
    <section className="card" aria-labelledby="release">
      <h2 id="release">{t("portal.release.card")}</h2>
      <h3>{t("portal.readers.will")}</h3>
      <ReaderList readers={review.readers} />
      <h3>{t("portal.consent.title")}</h3>
      <p>{t(`portal.review.consent.${review.consent}`)}</p>
      {mayAnswer(review) && <ConsentButtons review={review} desk={desk} />}
      <h3>{t("portal.approvals.title")}</h3>
      <Approvals review={review} />
      {approve.error !== null && <ProblemNotice problem={approve.error} />}
      {review.abilities.approve && (
        <div className="actions card-foot">
          <button
            className="button button-primary"
            type="button"
            aria-disabled={reason !== undefined || approve.isPending}
            aria-describedby={reason === undefined ? undefined : "approve-obstacle"}
            onClick={() => reason === undefined && !approve.isPending && setAsking(true)}
          >
            {t("portal.approve.do")}
          </button>
          {reason !== undefined && (
            <span className="small soft" id="approve-obstacle">
              {reason}
            </span>
          )}
        </div>
      )}
      {isAsking && <ApproveDialog review={review} onConfirm={confirm} onClose={() => setAsking(false)} />}
    </section>
  );
}
