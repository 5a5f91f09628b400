import type { ReportContent } from "../../api/types";
import { t } from "../../text/texts";

function Values({ title, values, look }: { title: string; values: string[] | undefined; look: string }) {
  if (values === undefined || values.length === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {values.map((value) => (
          <li key={value} className={look}>
            {value}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** 攻撃技術情報: what may help others to find the same attacker. */
export function TechnicalCard({ content }: { content: ReportContent }) {
  const technical = content.technical ?? {};
  const isEmpty =
    !technical.text && !technical.indicators?.length && !technical.techniques?.length && !technical.cves?.length;
  return (
    <section className="card" aria-labelledby="technical">
      <h2 id="technical">{t("portal.technical.title")}</h2>
      {isEmpty && <p className="empty">{t("portal.technical.none")}</p>}
      {technical.text !== undefined && technical.text !== "" && <p className="prose">{technical.text}</p>}
      <Values title={t("portal.edition.indicators")} values={technical.indicators} look="indicator" />
      <Values title={t("portal.edition.techniques")} values={technical.techniques} look="mono" />
      <Values title={t("portal.edition.cves")} values={technical.cves} look="mono" />
    </section>
  );
}
