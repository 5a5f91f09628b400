"""`hinomi rules` as an author of packs meets it: the built-in packs hold, a broken promise and a wrong row are found with their
place, a new version is compared with the old one, and facts are explained with the clocks that submissions start."""
import json
import pathlib

import e2e

PACKS = pathlib.Path(__file__).resolve().parents[2] / "packs" / "rules"


def changed(folder: pathlib.Path, what: str, to: str) -> pathlib.Path:
    text = (PACKS / "eu.toml").read_text()
    assert what in text, what
    path = folder / "eu.toml"
    path.write_text(text.replace(what, to, 1))
    return path


def assert_in(part: str, text: str) -> None:
    assert part in text, f"{part!r} is not in:\n{text}"


def main() -> None:
    built_in = json.loads(e2e.run("rules", "test", "--json").stdout)
    assert built_in["failures"] == 0 and built_in["examples"] >= 30, built_in

    with e2e.folder() as folder:
        shorter = changed(folder, "number = 72", "number = 48")
        found = e2e.run("rules", "test", shorter, expect=1)
        assert_in("EU-NIS2-23 notification raw: 2026-11-19T23:30:00.000000Z / 2026-11-18T23:30:00.000000Z", found.stdout)

        failures = [json.loads(line) for line in e2e.run("rules", "test", shorter, "--json", expect=1).stdout.splitlines()]
        assert [line["schema"] for line in failures[-2:]] == ["hinomi.rules-test-failure.v1", "hinomi.rules-test.v1"], failures

        lines = [json.loads(line) for line in e2e.run("rules", "diff", PACKS / "eu.toml", shorter, "--json").stdout.splitlines()]
        assert [(line["kind"], line["subject"], line["field"]) for line in lines] == [
            ("changed", "EU-NIS2-23 from none", "stage notification")], lines
        same = e2e.run("rules", "diff", shorter, shorter)
        assert same.stdout == "", same.stdout

        wrong = changed(folder, "trigger = 'nis2.significant'", "trigger = 'nis2.significant and not nis2.significant'")
        refused = e2e.run("rules", "test", wrong, "--lang", "en", expect=1)
        assert_in("eu.toml: line ", refused.stderr)
        assert_in("EU-NIS2-23", refused.stderr)

        facts = folder / "facts.json"
        facts.write_text(json.dumps({
            "kind": "incident", "licenses": "retail", "abroad": "eu_nis2",
            "facts": {"nis2.significant": True, "t.nis2_aware": "2026-11-17T00:00:00Z"},
            "submitted": {"EU-NIS2-23": {"notification": "2026-11-19T08:00:00Z"}}}))
        assessment = json.loads(e2e.run("rules", "explain", facts, "--json").stdout)
        duty = next(each for each in assessment["duties"] if each["id"] == "EU-NIS2-23")
        final = next(clock for clock in duty["clocks"] if clock["stage"] == "final")
        assert final["raw"] == "2026-12-19T22:59:59.999999Z", final
        assert_in("EU-NIS2-23", e2e.run("rules", "explain", facts).stdout)
        facts.write_text(json.dumps({"submitted": {"EU-NIS2-23": {"notificaton": "2026-11-19T08:00:00Z"}}}))
        assert_in("/submitted/EU-NIS2-23/notificaton", e2e.run("rules", "explain", facts, expect=1).stderr)


main()
