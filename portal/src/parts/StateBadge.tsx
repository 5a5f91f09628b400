import type { ReleaseSummary, ReportSummary, ReviewSummary } from "../api/types";
import { t } from "../text/texts";

const reportLooks = { received: "badge-info", in_review: "badge-warn", shared: "badge-good" } as const;
const releaseLooks = { published: "badge-good", corrected: "badge-warn", withdrawn: "badge-bad" } as const;
const reviewLooks = { open: "badge-warn", published: "badge-good", abandoned: "" } as const;

export function ReportState({ state }: { state: ReportSummary["state"] }) {
  return <span className={`badge ${reportLooks[state]}`}>{t(`portal.report.state.${state}`)}</span>;
}

export function ReleaseState({ state }: { state: ReleaseSummary["state"] }) {
  return <span className={`badge ${releaseLooks[state]}`}>{t(`portal.release.state.${state}`)}</span>;
}

export function ReviewState({ state }: { state: ReviewSummary["state"] }) {
  return <span className={`badge ${reviewLooks[state]}`}>{t(`portal.review.state.${state}`)}</span>;
}
