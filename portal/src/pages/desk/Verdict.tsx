import type { Review } from "../../api/types";
import { t } from "../../text/texts";
import type { Desk } from "./useDesk";

interface VerdictProps {
  review: Review;
  desk: Desk;
}

/** The two ways out that always exist: the least-loss wording, or the technical facts without the story. */
function WaysOut({ review, desk }: VerdictProps) {
  const { proposal } = review;
  return (
    <div className="actions">
      {!proposal.technical_only && (
        <button className="button button-small" type="button" onClick={desk.useProposal}>
          {t("portal.desk.use_proposal", { k: proposal.k })}
        </button>
      )}
      <button className="button button-small" type="button" onClick={desk.useTechnicalOnly}>
        {t("portal.desk.use_technical")}
      </button>
    </div>
  );
}

/** Whether it may go out as it stands, and if not, what helps. */
export function Verdict({ review, desk }: VerdictProps) {
  if (review.state === "published") {
    return (
      <div className="notice notice-good">
        <p className="notice-title">{t("portal.desk.published")}</p>
        {review.release_id !== undefined && (
          <a href={`/releases/${review.release_id}`}>{t("portal.desk.to_release")}</a>
        )}
      </div>
    );
  }
  if (review.state === "abandoned") return <p className="notice">{t("portal.desk.abandoned")}</p>;
  if (review.refusal === undefined) {
    return (
      <p className="notice notice-good">
        {t("portal.desk.releasable", { k: review.measure.k, required: review.measure.required })}
      </p>
    );
  }
  const isAnonymity = review.refusal_code?.startsWith("anonymity.") ?? false;
  return (
    <div className="notice notice-bad">
      <p className="notice-title">{t("portal.desk.refused")}</p>
      <p>{review.refusal}</p>
      {review.refusal_detail !== undefined && (
        <p className="small soft" lang="en">
          {review.refusal_detail}
        </p>
      )}
      {isAnonymity && review.abilities.edit && <WaysOut review={review} desk={desk} />}
    </div>
  );
}
