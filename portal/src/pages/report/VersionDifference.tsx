import type { FactDefinition, ReportContent } from "../../api/types";
import { t } from "../../text/texts";
import { changesOf } from "./changes";

interface VersionDifferenceProps {
  before: ReportContent;
  after: ReportContent;
  definitions: FactDefinition[];
}

/** What was taken away is struck through, what came is underlined: never colour alone. */
export function VersionDifference({ before, after, definitions }: VersionDifferenceProps) {
  const changes = changesOf(before, after, definitions);
  if (changes.length === 0) return <p className="soft">{t("portal.versions.same")}</p>;
  return (
    <dl className="stack stack-tight">
      {changes.map((change) => (
        <div key={change.name}>
          <dt className="small soft">{change.label}</dt>
          <dd className="change-text">
            {change.pieces.map((piece, index) => {
              const key = `${index} ${piece.kind}`;
              if (piece.kind === "same") return <span key={key}>{piece.text}</span>;
              const Mark = piece.kind === "added" ? "ins" : "del";
              return (
                <Mark key={key} className="change">
                  {piece.text}
                </Mark>
              );
            })}
          </dd>
        </div>
      ))}
    </dl>
  );
}
