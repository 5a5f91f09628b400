import type { ReportContent } from "../../api/types";
import { t, textOr } from "../../text/texts";

export function ContentCard({ content }: { content: ReportContent }) {
  return (
    <section className="card" aria-labelledby="content">
      <h2 id="content">{t("portal.content.title")}</h2>
      <p className="prose">{content.summary}</p>
      <dl className="summary-list">
        {content.contact !== undefined && content.contact !== "" && (
          <div>
            <dt>{t("portal.content.contact")}</dt>
            <dd>{content.contact}</dd>
          </div>
        )}
        {content.scope !== undefined && (
          <div>
            <dt>{t("portal.content.scope")}</dt>
            <dd>{textOr("portal.scope.", content.scope)}</dd>
          </div>
        )}
        <div>
          <dt>{t("portal.content.preconsent")}</dt>
          <dd>{t(content.technical_preconsent ? "portal.fact.yes" : "portal.fact.no")}</dd>
        </div>
      </dl>
    </section>
  );
}
