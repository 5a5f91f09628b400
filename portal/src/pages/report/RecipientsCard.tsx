import { useQuery } from "@tanstack/react-query";
import { recipientsQuery } from "../../api/queries";
import type { Recipient } from "../../api/types";
import { Loaded } from "../../parts/Loaded";
import { t, textOr } from "../../text/texts";

function Row({ report, recipient }: { report: string; recipient: Recipient }) {
  return (
    <li>
      <div className="row-head">
        <a className="row-link" href={`/reports/${report}/recipients/${recipient.code}`}>
          {recipient.name}
        </a>
      </div>
      <p className="meta">
        {recipient.forms.length > 0 && <span>{t("portal.recipient.forms", { count: recipient.forms.length })}</span>}
        <span>{textOr("portal.recipient.when.", recipient.when)}</span>
      </p>
    </li>
  );
}

/** 届く相手: who gets what and when; each leads to exactly what that recipient sees. Those still open are folded. */
export function RecipientsCard({ report }: { report: string }) {
  const recipients = useQuery(recipientsQuery(report));
  return (
    <section className="card" aria-labelledby="recipients">
      <h2 id="recipients">{t("portal.recipients.title")}</h2>
      <p className="small soft">{t("portal.recipients.lead")}</p>
      <Loaded query={recipients}>
        {({ recipients: all }) => {
          const open = all.filter(({ when }) => when === "when_duty_applies");
          return (
            <>
              <ul className="rows">
                {all
                  .filter((recipient) => !open.includes(recipient))
                  .map((recipient) => (
                    <Row key={recipient.code} report={report} recipient={recipient} />
                  ))}
              </ul>
              {open.length > 0 && (
                <details className="disclosure">
                  <summary>{t("portal.recipients.open", { count: open.length })}</summary>
                  <ul className="rows">
                    {open.map((recipient) => (
                      <Row key={recipient.code} report={report} recipient={recipient} />
                    ))}
                  </ul>
                </details>
              )}
            </>
          );
        }}
      </Loaded>
    </section>
  );
}
