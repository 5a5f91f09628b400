import { Link } from "@tanstack/react-router";
import type { Case } from "../api/types";
import { t } from "../text/texts";
import { Instant } from "./Instant";

export function CaseRow({ item }: { item: Case }) {
  return (
    <li>
      <div className="row-head">
        <span className="badge">{t("portal.case.score", { score: item.score })}</span>
        <span className="row-end small soft">
          <Instant at={item.changed_at} />
        </span>
      </div>
      <Link className="row-link" to="/cases/$id" params={{ id: item.id }}>
        {item.title}
      </Link>
      <div className="meta">
        <span>{item.number}</span>
        <span>{t("portal.case.sources", { count: item.sources })}</span>
        {item.reasons.slice(0, 2).map((reason) => (
          <span key={reason}>{reason}</span>
        ))}
      </div>
    </li>
  );
}
