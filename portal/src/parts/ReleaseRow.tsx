import type { ReactNode } from "react";
import type { ReleaseSummary } from "../api/types";
import { t } from "../text/texts";
import { Instant } from "./Instant";
import { ReleaseState } from "./StateBadge";
import { TlpBadge } from "./TlpBadge";

interface ReleaseRowProps {
  release: ReleaseSummary;
  children?: ReactNode;
}

/** A release in a list. Its own page is written by the server, hence the plain link. */
export function ReleaseRow({ release, children }: ReleaseRowProps) {
  return (
    <li>
      <div className="row-head">
        <TlpBadge tlp={release.tlp} />
        {release.state !== "published" && <ReleaseState state={release.state} />}
        {!release.acknowledged && (
          <span className="badge badge-info badge-unread">{t("portal.release.unconfirmed")}</span>
        )}
        <span className="row-end small soft">
          <Instant at={release.published_at} />
        </span>
      </div>
      <a className="row-link" href={`/releases/${release.id}`}>
        {release.title}
      </a>
      <div className="meta">
        <span>{release.number}</span>
        <span>{t("portal.version", { version: release.version })}</span>
        {(release.indicators ?? 0) > 0 && (
          <span>{t("portal.release.indicators", { count: release.indicators ?? 0 })}</span>
        )}
      </div>
      {children}
    </li>
  );
}
