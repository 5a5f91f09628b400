import type { Problem } from "../api/problem";
import { t } from "../text/texts";

interface ProblemNoticeProps {
  problem: Problem;
  onRetry?: () => void;
}

/** 事象・原因・対処. */
export function ProblemNotice({ problem, onRetry }: ProblemNoticeProps) {
  const { title, cause, action, code, where, instance } = problem.document;
  return (
    <div className="notice notice-bad" role="alert">
      <p className="notice-title">{title}</p>
      {cause !== undefined && <p>{cause}</p>}
      {action !== undefined && <p>{action}</p>}
      {problem.isSignInNeeded && (
        <p>
          <a href="/login?next=/" target="_blank" rel="noreferrer">
            {t("portal.sign_in.tab")}
          </a>{" "}
          {t("portal.sign_in.then")}
        </p>
      )}
      {code === "clearance.refused" && (
        <p>
          <a href="/pointers">{t("portal.pointer.link")}</a>
        </p>
      )}
      <p className="small soft">
        {t("portal.problem.code", { code })}
        {where !== undefined && ` · ${where}`}
        {instance !== undefined && ` · ${instance}`}
      </p>
      {onRetry !== undefined && (
        <div className="actions">
          <button className="button button-small" type="button" onClick={onRetry}>
            {t("portal.retry")}
          </button>
        </div>
      )}
    </div>
  );
}
