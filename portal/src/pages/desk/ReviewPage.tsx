import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { reviewQuery } from "../../api/queries";
import type { Review } from "../../api/types";
import { PageTitle } from "../../app/PageTitle";
import { useLeaveGuard } from "../../app/useLeaveGuard";
import { Loaded } from "../../parts/Loaded";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { ReviewState } from "../../parts/StateBadge";
import { TlpBadge } from "../../parts/TlpBadge";
import { useShortcuts } from "../../parts/useShortcuts";
import { t } from "../../text/texts";
import { AudienceFields } from "./AudienceFields";
import { EditionCard } from "./EditionCard";
import { MeasureCard } from "./MeasureCard";
import { OriginalCard } from "./OriginalCard";
import { ReleaseCard } from "./ReleaseCard";
import { ReplacementsCard } from "./ReplacementsCard";
import { useDesk } from "./useDesk";
import { Verdict } from "./Verdict";

function Heading({ review }: { review: Review }) {
  return (
    <PageTitle title={t("portal.desk.title")} number={review.report_number}>
      <p className="row">
        <ReviewState state={review.state} />
        <TlpBadge tlp={review.tlp} gloss />
        <span className="badge">{t(`portal.review.purpose.${review.purpose}`)}</span>
        <span className="badge">{t("portal.desk.revision", { revision: review.revision })}</span>
        <Link to="/reports/$id" params={{ id: review.report_id }}>
          {t("portal.desk.to_report")}
        </Link>
      </p>
      {review.reason !== undefined && <p>{t("portal.desk.reason", { reason: review.reason })}</p>}
    </PageTitle>
  );
}

function DeskPage({ review }: { review: Review }) {
  const desk = useDesk(review);
  const canEdit = review.abilities.edit;
  useLeaveGuard(desk.isDirty);

  useShortcuts({
    n: () => desk.select(desk.selected + 1),
    p: () => desk.select(desk.selected - 1),
    ...(canEdit && { u: () => desk.choose(desk.selected, 0) }),
  });

  return (
    <>
      <Heading review={review} />
      <Verdict review={review} desk={desk} />
      {desk.hasMovedOn && (
        <div className="notice notice-warn" role="alert">
          <p className="notice-title">{t("portal.desk.moved_on")}</p>
          <p>{t("portal.desk.moved_on.do")}</p>
          <div className="actions">
            <button className="button button-small" type="button" onClick={desk.reload}>
              {t("portal.desk.reload")}
            </button>
          </div>
        </div>
      )}
      {canEdit && <AudienceFields desk={desk} />}
      {desk.save.error !== null && <ProblemNotice problem={desk.save.error} />}
      <div className="desk">
        <div className="stack stack-loose">
          <OriginalCard desk={desk} />
          <ReplacementsCard desk={desk} canEdit={canEdit} />
          <MeasureCard measure={review.measure} isOutdated={desk.isDirty} />
        </div>
        <div className="stack stack-loose">
          <EditionCard review={review} desk={desk} />
          <ReleaseCard review={review} desk={desk} />
        </div>
      </div>
    </>
  );
}

export function ReviewPage() {
  const { id } = useParams({ from: "/share/$id/review" });
  const query = useQuery(reviewQuery(id));
  return (
    <Loaded query={query} isPage>
      {(review) => <DeskPage key={review.id} review={review} />}
    </Loaded>
  );
}
