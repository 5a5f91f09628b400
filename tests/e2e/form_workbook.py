#!/usr/bin/env python3
"""A form as a workbook, with the program itself: written by one command, filled in by another program, read by a second
command that shows what would change and files it only when told to."""
import io
import json
import re
import zipfile
from email.message import EmailMessage
from xml.sax.saxutils import escape

import e2e

SHEET = "xl/worksheets/sheet1.xml"


def filled(workbook: bytes, answers: dict) -> bytes:
    """The same file with other answers in column C, found by the hidden key in column F, as a spreadsheet program would save it."""
    source = zipfile.ZipFile(io.BytesIO(workbook))
    xml = source.read(SHEET).decode()
    for key, answer in answers.items():
        row = re.search(rf'<c r="F(\d+)"[^>]*><is><t[^>]*>{re.escape(key)}</t>', xml).group(1)
        xml, count = re.subn(rf'<c r="C{row}" (s="\d+")(?: t="inlineStr"><is><t[^>]*>[^<]*</t></is></c>|/>)',
                             rf'<c r="C{row}" \1 t="inlineStr"><is><t>{escape(answer)}</t></is></c>', xml)
        e2e.expect(count == 1, f"one answer to {key}")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, xml if name == SHEET else source.read(name))
    return file.getvalue()


def main():
    with e2e.folder() as folder:
        data = folder / "data"
        accounts = e2e.make_sector(data)["accounts"]
        token = folder / "token"
        token.write_text(accounts["member_a_soc"]["api_token"])
        form = folder / "form.xlsx"
        with e2e.Server(data) as server:
            def report(*words, expect=0):
                return e2e.run("--server", server.url, "--token-file", token, "--lang", "en", "--json", "report", *words,
                               expect=expect)

            filed = json.loads(report("new", "--summary", "Supply was interrupted", "t.known=2026-11-21T02:05:00+09:00",
                                      "outage.lost_kw=120000", "outage.minutes=25", "place=First substation").stdout)
            number = filed["number"]
            e2e.expect("client.output" in report("form", number, "jp-eba-prompt", "--format", "xlsx", expect=1).stderr,
                       "a workbook needs a file")
            report("form", number, "jp-eba-prompt", "--format", "xlsx", "-o", form)
            untouched = form.read_bytes()
            same = json.loads(report("read", form).stdout)
            e2e.expect({row["outcome"] for row in same["rows"]} == {"unchanged"}, f"untouched: {same['rows']}")

            form.write_bytes(filled(untouched, {"outage.lost_kw": "約9万5千 kW", "outage.minutes": "ages"}))
            shown = json.loads(report("read", form).stdout)
            rows = {row["source"]: row for row in shown["rows"]}
            e2e.expect(rows["outage.lost_kw"]["after"].startswith("95,000"), f"in its unit: {rows['outage.lost_kw']}")
            e2e.expect(rows["outage.minutes"]["reason"] == "forms.answer_number", f"with a reason: {rows['outage.minutes']}")
            e2e.expect(json.loads(report("show", number).stdout)["version"] == 1, "reading files nothing")

            done = json.loads(report("read", form, "--confirm").stdout)
            e2e.expect((done["number"], done["version"]) == (number, 2), f"filed: {done}")
            facts = json.loads(report("show", number).stdout)["content"]["facts"]
            e2e.expect(facts["outage.lost_kw"]["value"] == 95000 and facts["outage.lost_kw"]["estimated"], f"{facts}")
            e2e.expect(facts["outage.minutes"]["value"] == 25, "what was not understood stays as it was")

            form.write_bytes(filled(untouched, {"outage.lost_kw": "1", "place": "Second substation"}))
            report("read", form, "--confirm")
            facts = json.loads(report("show", number).stdout)["content"]["facts"]
            e2e.expect(facts["outage.lost_kw"]["value"] == 95000, "an old sheet undoes nothing by itself")
            e2e.expect(facts["place"]["value"] == "Second substation", "and the rest of it is taken")
            report("read", form, "--confirm", "--take", "outage.lost_kw")
            facts = json.loads(report("show", number).stdout)["content"]["facts"]
            e2e.expect(facts["outage.lost_kw"]["value"] == 1, "unless a person says so")

            mail = EmailMessage()
            mail["From"], mail["Date"], mail["Subject"] = "佐藤 <sato@member.example>", "Sun, 22 Nov 2026 02:05:00 +0900", "速報"
            mail.set_content("添付のとおりです。", charset="iso-2022-jp")
            mail.add_attachment(filled(untouched, {"outage.customers": "1.5万戸"}), maintype="application",
                                subtype="octet-stream", filename="速報.xlsx")
            letter = folder / "form.eml"
            letter.write_bytes(bytes(mail))
            received = json.loads(report("read", letter).stdout)
            e2e.expect(received["mail"] == {"from": "佐藤 <sato@member.example>", "date": mail["Date"], "subject": "速報"},
                       f"what the mail says: {received['mail']}")
            report("read", letter, "--confirm")
            facts = json.loads(report("show", number).stdout)["content"]["facts"]
            e2e.expect(facts["outage.customers"]["value"] == 15000, "and what its workbook says")

            form.write_bytes(b"no workbook")
            e2e.expect("workbook.format" in report("read", form, expect=1).stderr, "what is no workbook is told")
    print("a form went out as a workbook and came back as facts")


if __name__ == "__main__":
    main()
