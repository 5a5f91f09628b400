import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { meQuery } from "../api/queries";
import { language, nameOf, switchLanguage, t } from "../text/texts";
import { ConnectionState } from "./ConnectionState";

export function TopBar() {
  const { data: me } = useSuspenseQuery(meQuery);
  const other = language() === "ja" ? "en" : "ja";

  return (
    <header className="topbar">
      <div className="topbar-inner">
        <Link className="brand" to="/">
          火の見 <span className="brand-sub">Hinomi</span>
        </Link>
        <nav className="topbar-nav" aria-label={t("portal.nav.label")}>
          <Link to="/" activeOptions={{ exact: true }}>
            {t("portal.nav.home")}
          </Link>
          <Link to="/reports">{t("portal.nav.reports")}</Link>
          <Link to="/releases">{t("portal.nav.releases")}</Link>
          {me.abilities.review && <Link to="/inbox">{t("portal.nav.inbox")}</Link>}
          {me.abilities.review && <a href="/unnamed">{t("portal.nav.unnamed")}</a>}
        </nav>
        <div className="topbar-side">
          <ConnectionState />
          <span>{t("portal.phone")}</span>
          <a href="/account">
            {nameOf(me.person)} ({nameOf(me.org)})
          </a>
          <button className="link-button" type="button" lang={other} onClick={() => switchLanguage(other)}>
            {t("portal.language.other")}
          </button>
          <form method="post" action="/logout">
            <input type="hidden" name="csrf" value={me.csrf} />
            <button className="link-button" type="submit">
              {t("portal.sign_out")}
            </button>
          </form>
        </div>
        {me.abilities.report && (
          <a className="button button-primary topbar-report" href="/report">
            {t("portal.report.do")}
          </a>
        )}
      </div>
    </header>
  );
}
