import { Link } from "@tanstack/react-router";
import type { Report } from "../../api/types";
import { t } from "../../text/texts";

/** What of this report is published, and where its organisation changes its mind about it. */
export function ConsentCard({ report }: { report: Report }) {
  const published = report.reviews.filter((review) => review.state === "published" && review.purpose !== "withdrawal");
  if (!report.abilities.consent || published.length === 0) return null;
  return (
    <section className="card" aria-labelledby="consent">
      <h2 id="consent">{t("portal.consent.published")}</h2>
      <p className="hint">{t("portal.consent.take_back.hint")}</p>
      <ul className="rows">
        {published.map((review) => (
          <li key={review.id}>
            <span className="badge">{t(`portal.review.consent.${review.consent}`)}</span>
            <Link className="row-link" to="/share/$id/review" params={{ id: review.id }}>
              {review.title || review.report_number}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
