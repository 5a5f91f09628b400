import type { FactDefinition, ReportVersion } from "../../api/types";
import { Instant } from "../../parts/Instant";
import { nameOf, t } from "../../text/texts";
import { VersionDifference } from "./VersionDifference";

interface VersionsCardProps {
  versions: ReportVersion[];
  definitions: FactDefinition[];
}

/** Newest first; each says who added it, when, and what it changed. */
export function VersionsCard({ versions, definitions }: VersionsCardProps) {
  const ordered = [...versions].sort((a, b) => b.version - a.version);
  return (
    <section className="card" aria-labelledby="versions">
      <h2 id="versions">{t("portal.versions.title")}</h2>
      <ol className="timeline">
        {ordered.map((version, index) => {
          const before = ordered[index + 1];
          return (
            <li key={version.version}>
              <p className="strong">{t("portal.version", { version: version.version })}</p>
              <p className="small soft">
                <Instant at={version.filed_at} full /> {nameOf(version.author)}
              </p>
              {before === undefined ? (
                <p className="small">{t("portal.versions.first")}</p>
              ) : (
                <details className="disclosure" open={index === 0}>
                  <summary>{t("portal.versions.changes", { before: before.version })}</summary>
                  <VersionDifference before={before.content} after={version.content} definitions={definitions} />
                </details>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
