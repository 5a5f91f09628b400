import { useQuery } from "@tanstack/react-query";
import { deliveriesQuery } from "../../api/queries";
import type { Deliveries } from "../../api/types";
import { Instant } from "../../parts/Instant";
import { Loaded } from "../../parts/Loaded";
import { t, textOr } from "../../text/texts";

type Row = Deliveries["items"][number];

function Cell({ row, version }: { row: Row; version: number }) {
  const delivery = row.deliveries.find((candidate) => candidate.version === version);
  if (delivery === undefined) return <td className="soft">{t("portal.delivery.none")}</td>;
  return (
    <td>
      <strong>{textOr("portal.delivery.", delivery.state)}</strong>{" "}
      {delivery.at !== undefined && <Instant at={delivery.at} />}
      {delivery.who !== undefined && <span className="soft"> {delivery.who}</span>}
    </td>
  );
}

/** 届いた先: how far every version has come with every recipient, the newest version first. */
export function DeliveriesCard({ report }: { report: string }) {
  const deliveries = useQuery(deliveriesQuery(report));
  return (
    <section className="card" aria-labelledby="deliveries">
      <h2 id="deliveries">{t("portal.delivery.title")}</h2>
      <Loaded query={deliveries}>
        {({ items, report_version: newest }) => {
          const versions = Array.from({ length: newest }, (_, i) => newest - i);
          const label = `${t("portal.delivery.title")} (${t("portal.delivery.to")})`;
          return (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard too
            <section className="table-scroll" tabIndex={0} aria-label={label}>
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">{t("portal.delivery.to")}</th>
                    {versions.map((version) => (
                      <th key={version} scope="col">
                        {t("portal.version", { version })}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {items.map((row) => (
                    <tr key={`${row.kind} ${row.name} ${row.what}`}>
                      <th scope="row">
                        {row.name}
                        {row.what !== "" && <p className="hint">{row.what}</p>}
                      </th>
                      {versions.map((version) => (
                        <Cell key={version} row={row} version={version} />
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          );
        }}
      </Loaded>
      <p className="hint">{t("portal.delivery.hint")}</p>
    </section>
  );
}
