import { useQuery } from "@tanstack/react-query";
import { reportFormsQuery } from "../../api/queries";
import type { FormOffer } from "../../api/types";
import { Instant } from "../../parts/Instant";
import { Loaded } from "../../parts/Loaded";
import { t } from "../../text/texts";

function formPath(report: string, { form, duty, stage }: FormOffer): string {
  return `/reports/${report}/forms/${form}?${new URLSearchParams({ duty, stage })}`;
}

function filePath(kind: "pdf" | "workbook", report: string, { form, duty, stage }: FormOffer): string {
  return `/api/v1/reports/${report}/forms/${form}/${kind}?${new URLSearchParams({ duty, stage })}`;
}

function Offer({ report, offer }: { report: string; offer: FormOffer }) {
  const names = offer.addressees.map(({ name }) => name).join(t("portal.list_separator"));
  return (
    <li>
      <div className="row-head">
        <a className="row-link" href={formPath(report, offer)}>
          {offer.title}
        </a>
        {offer.handed_in && <span className="badge badge-good">{t("portal.forms.handed_in")}</span>}
        {!offer.handed_in && offer.missing.length > 0 && (
          <span className="badge badge-warn">{t("portal.forms.missing", { count: offer.missing.length })}</span>
        )}
        {offer.accepted && <span className="badge">{t("portal.forms.accepted")}</span>}
      </div>
      <p className="meta">
        <span>
          {offer.duty_title} {offer.stage_title}
        </span>
        <span>{t("portal.duty.to", { recipients: names })}</span>
        {offer.due !== undefined && (
          <span>
            <Instant at={offer.due} full />
          </span>
        )}
        <a href={filePath("pdf", report, offer)} aria-label={t("portal.forms.pdf", { title: offer.title })}>
          PDF
        </a>
        <a href={filePath("workbook", report, offer)} aria-label={t("portal.forms.workbook", { title: offer.title })}>
          XLSX
        </a>
      </p>
    </li>
  );
}

function Offers({ report, offers }: { report: string; offers: FormOffer[] }) {
  return (
    <ul className="rows">
      {offers.map((offer) => (
        <Offer key={`${offer.duty} ${offer.stage} ${offer.form}`} report={report} offer={offer} />
      ))}
    </ul>
  );
}

/** The authorities' forms that the report's duties ask for, filled: those of duties that fire first. Nothing is sent. */
export function FormsCard({ report }: { report: string }) {
  const forms = useQuery(reportFormsQuery(report));
  return (
    <section className="card" aria-labelledby="forms">
      <h2 id="forms">{t("portal.forms.title")}</h2>
      <p className="small soft">{t("portal.forms.lead")}</p>
      <Loaded query={forms}>
        {(offers) => {
          const asked = offers.filter(({ verdict }) => verdict === "fires");
          const open = offers.filter(({ verdict }) => verdict === "may_fire");
          return (
            <>
              {asked.length === 0 && <p className="empty">{t("portal.forms.none")}</p>}
              <Offers report={report} offers={asked} />
              {open.length > 0 && (
                <details className="disclosure">
                  <summary>{t("portal.forms.open", { count: open.length })}</summary>
                  <Offers report={report} offers={open} />
                </details>
              )}
              <p className="small">
                <a href="/forms/read">{t("portal.forms.read")}</a>
              </p>
            </>
          );
        }}
      </Loaded>
    </section>
  );
}
