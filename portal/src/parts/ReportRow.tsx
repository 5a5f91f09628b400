import { Link } from "@tanstack/react-router";
import type { ReportSummary } from "../api/types";
import { nameOf, t } from "../text/texts";
import { Instant } from "./Instant";
import { ReportState } from "./StateBadge";

export function ReportRow({ report }: { report: ReportSummary }) {
  return (
    <li>
      <div className="row-head">
        <ReportState state={report.state} />
        {report.kind === "near_miss" && <span className="badge">{t("portal.report.near_miss")}</span>}
        <span className="row-end small soft">
          <Instant at={report.filed_at} />
        </span>
      </div>
      <Link className="row-link" to="/reports/$id" params={{ id: report.id }}>
        {report.title}
      </Link>
      <div className="meta">
        <span>{report.number}</span>
        <span>{nameOf(report.org)}</span>
        <span>{t("portal.version", { version: report.version })}</span>
      </div>
    </li>
  );
}
