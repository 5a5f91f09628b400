import { Link } from "@tanstack/react-router";
import type { ReviewSummary } from "../api/types";
import { t } from "../text/texts";
import { Instant } from "./Instant";
import { ReviewState } from "./StateBadge";

export function ReviewRow({ review }: { review: ReviewSummary }) {
  return (
    <li>
      <div className="row-head">
        {review.urgent && <span className="badge badge-bad">{t("portal.review.urgent")}</span>}
        <ReviewState state={review.state} />
        <span className="badge">{t(`portal.review.consent.${review.consent}`)}</span>
        <span className="badge">{t("portal.review.approvals", { count: review.approvals })}</span>
        <span className="row-end small soft">
          <Instant at={review.edited_at} />
        </span>
      </div>
      <Link className="row-link" to="/share/$id/review" params={{ id: review.id }}>
        {review.title || review.report_number}
      </Link>
      <div className="meta">
        <span>{review.report_number}</span>
        <span>{t(`portal.review.purpose.${review.purpose}`)}</span>
      </div>
    </li>
  );
}
