import type { Readers } from "../api/types";
import { t } from "../text/texts";
import { TlpBadge } from "./TlpBadge";

/** Exactly who reads it, as the deciding function of the server says: names, not a level. */
export function ReaderList({ readers, isOpen = false }: { readers: Readers; isOpen?: boolean }) {
  return (
    <div className="stack stack-tight">
      <p className="row">
        <TlpBadge tlp={readers.tlp} gloss />
      </p>
      <p className="strong">
        {readers.everyone
          ? t("portal.readers.everyone")
          : t("portal.readers.count", { orgs: readers.orgs.length, people: readers.people })}
      </p>
      {readers.orgs.length > 0 && (
        <details className="disclosure" open={isOpen || readers.orgs.length <= 4}>
          <summary>{t("portal.readers.names")}</summary>
          <ul className="names">
            {readers.orgs.map((org) => (
              <li key={org}>{org}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
