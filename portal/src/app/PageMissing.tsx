import { Link } from "@tanstack/react-router";
import { t } from "../text/texts";
import { PageTitle } from "./PageTitle";

export function PageMissing() {
  return (
    <>
      <PageTitle title={t("portal.missing.title")} />
      <p>{t("portal.missing.text")}</p>
      <p>
        <Link to="/">{t("portal.missing.home")}</Link>
      </p>
    </>
  );
}
