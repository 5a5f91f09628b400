import { useQuery } from "@tanstack/react-query";
import { reportSeenByQuery } from "../../api/queries";
import type { SeenBy } from "../../api/types";
import { Instant } from "../../parts/Instant";
import { Loaded } from "../../parts/Loaded";
import { nameOf, t } from "../../text/texts";

function Reader({ reader }: { reader: SeenBy }) {
  return (
    <li>
      <p className="strong">
        {nameOf(reader.org)} {nameOf(reader.person)}
      </p>
      <p className="small soft">
        <Instant at={reader.first_at} full />
        {reader.last_at !== reader.first_at && (
          <>
            {" – "}
            <Instant at={reader.last_at} full />
          </>
        )}
        {reader.versions.length > 0 &&
          ` · ${reader.versions.map((version) => t("portal.version", { version })).join(" ")}`}
      </p>
    </li>
  );
}

/** Who was given the report, for the organisation that filed it: the record the server made before each answer. */
export function SeenByCard({ report }: { report: string }) {
  const readers = useQuery(reportSeenByQuery(report));
  return (
    <section className="card" aria-labelledby="seen-by">
      <h2 id="seen-by">{t("portal.seen.title")}</h2>
      <p className="small soft">{t("portal.seen.lead")}</p>
      <Loaded query={readers}>
        {(items) =>
          items.length === 0 ? (
            <p>{t("portal.seen.none")}</p>
          ) : (
            <ul className="names">
              {items.map((reader) => (
                <Reader key={`${reader.org.id} ${reader.person.id}`} reader={reader} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}
