#!/usr/bin/env python3
"""A filled form as a PDF file, with the program itself: its confined child, its embedded texts and packs, its command line. What
was handed in stays as it was sent, and its correction shows both wordings."""
import json
import subprocess

import e2e

FACTS = ["t.known=2026-11-22T02:05:00+09:00", "t.recognised=2026-11-22T02:05:00+09:00", "outage.lost_kw=120000",
         "outage.minutes=25"]


def words_of(pdf) -> str:
    """What poppler reads, as one line without blanks."""
    read = subprocess.run(["pdftotext", "-enc", "UTF-8", str(pdf), "-"], capture_output=True, text=True, check=True)
    return "".join(read.stdout.split())


def main():
    with e2e.folder() as folder:
        data = folder / "data"
        accounts = e2e.make_sector(data)["accounts"]
        token = folder / "token"
        token.write_text(accounts["member_a_soc"]["api_token"])
        with e2e.Server(data) as server:
            def report(*words, expect=0):
                return e2e.run("--server", server.url, "--token-file", token, "--lang", "ja", "--json", "report", *words,
                               expect=expect)

            filed = json.loads(report("new", "--kind", "incident", "--summary", "監視画面が操作され、送電が止まった", *FACTS,
                                      "place=第一変電所", "equipment.text=遮断器\u202e exe.txt").stdout)
            number = filed["number"]
            form = folder / "form.pdf"
            report("form", number, "jp-eba-prompt", "--format", "pdf", "-o", form)
            text = words_of(form)
            for said in ["TLP:AMBER+STRICT", number, "第1報", "電気事故速報", "未検証の様式", "第一変電所", "120,000kW",
                         "[U+202E]", "ページ1/"]:
                e2e.expect(said in text, f"{said} stands in the form")
            fonts = subprocess.run(["pdffonts", str(form)], capture_output=True, text=True, check=True).stdout
            e2e.expect("NotoSansCJKjp" in fonts and " no " not in fonts, f"every font is embedded: {fonts}")
            again = folder / "again.pdf"
            report("form", number, "jp-eba-prompt", "--format", "pdf", "-o", again)
            e2e.expect(again.read_bytes() == form.read_bytes(), "the same version is the same file")
            e2e.expect("client.output" in report("form", number, "jp-eba-prompt", "--format", "pdf", expect=1).stderr,
                       "a PDF goes to a file")

            handed_in = json.loads(report("submitted", number, "jp-eba-prompt", "--channel", "fax").stdout)
            report("add", number, "place=第二変電所")
            sent, correction = folder / "sent.pdf", folder / "correction.pdf"
            report("sent", number, handed_in["id"], "--format", "pdf", "-o", sent)
            report("supplement", number, handed_in["id"], "--format", "pdf", "-o", correction)
            e2e.expect("第一変電所" in words_of(sent) and "第二変電所" not in words_of(sent), "what was sent stays")
            for said in ["訂正前:第一変電所", "訂正後:第二変電所"]:
                e2e.expect(said in words_of(correction), f"{said} stands in the correction")
    print("a form, what was handed in and its correction were printed")


if __name__ == "__main__":
    main()
