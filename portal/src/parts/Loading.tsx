import { t } from "../text/texts";

/** Shown by the style sheet only after 300 ms: most answers are there before. */
export function Loading() {
  return (
    <p className="loading" role="status">
      {t("portal.loading")}
    </p>
  );
}
