#!/usr/bin/env python3
"""A member's lists as a workbook, with the program itself: the template comes from the server, a filled one is checked and
proposed from the command line, and a file made to do harm stops a confined child and nothing else."""
import io
import json
import urllib.request
import zipfile
from xml.sax.saxutils import escape

import e2e

TYPES = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" '
         'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>')


def workbook(sheets: dict, **more) -> bytes:
    """As another program would write it: Python's own ZIP, texts in the cells."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        tabs = "".join(f'<sheet name="{escape(name)}" sheetId="{i}" r:id="r{i}"/>' for i, name in enumerate(sheets, 1))
        archive.writestr("xl/workbook.xml", f'<workbook xmlns:r="r"><sheets>{tabs}</sheets></workbook>')
        relations = "".join(f'<Relationship Id="r{i}" Target="s{i}.xml"/>' for i in range(1, len(sheets) + 1))
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{relations}</Relationships>")
        for i, rows in enumerate(sheets.values(), 1):
            cells = "".join("<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' for text in row) + "</row>"
                            for row in rows)
            archive.writestr(f"xl/s{i}.xml", f"<worksheet><sheetData>{cells}</sheetData></worksheet>")
        for name, content in more.items():
            archive.writestr(name, content)
    return file.getvalue()


def main():
    with e2e.folder() as folder:
        data = folder / "data"
        accounts = e2e.make_sector(data)["accounts"]
        token = folder / "token"
        token.write_text(accounts["analyst1"]["api_token"])
        lists = folder / "lists.xlsx"
        with e2e.Server(data) as server:
            def directory(*words, expect=0, typed=""):
                return e2e.run("--server", server.url, "--token-file", token, "--lang", "en", "--json", "admin", "directory",
                               *words, expect=expect, input=typed)

            directory("template", "-o", folder / "empty.xlsx")
            names = zipfile.ZipFile(folder / "empty.xlsx").namelist()
            e2e.expect(sum(name.startswith("xl/worksheets/") for name in names) == 6, f"six lists: {names}")
            empty = json.loads(directory("import", folder / "empty.xlsx").stdout)
            e2e.expect(empty["differences"] == [] and empty["problems"] == [], "an empty template changes nothing")

            lists.write_bytes(workbook({
                "担当者": [["ログイン名", "会員名", "氏名", "役割", "電話"], ["ken.mori", "みさき送配電", "森 健", "reporter", "0312345678"]],
                "会員": [["会員名", "英字名", "種別"], ["みさき送配電", "Misaki T&D", "operator"]]}))
            shown = json.loads(directory("import", lists).stdout)
            e2e.expect(len(shown["differences"]) == 2, f"a member and a person: {shown}")
            e2e.expect("0312345678" in json.dumps(shown), "a number keeps its zero")
            refused = directory("import", lists, "--propose", "--note", "April", expect=4, typed="wrong\n").stderr
            e2e.expect("step_up.refused" in refused, f"a wrong password proposes nothing: {refused}")
            password = accounts["analyst1"]["password"] + "\n"
            proposed = json.loads(directory("import", lists, "--propose", "--note", "April", typed=password).stdout)
            e2e.expect(proposed["state"] == "proposed" and proposed["note"] == "April", f"proposed: {proposed}")

            lists.write_bytes(workbook({"人": [["login", "roles"], ["nobody.here", "wizard"]]}))
            wrong = json.loads(directory("import", lists).stdout)
            e2e.expect(wrong["problems"][0]["list"] == "人" and wrong["problems"][0]["row"] == 2, f"with its place: {wrong}")

            bomb = workbook({"人": [["login"]]}, **{"xl/media/zero.bin": bytes(20 << 20)})
            for code, content in [("workbook.too_large", bomb), ("workbook.damaged", bomb[:900]), ("workbook.format", b"x,y\n")]:
                lists.write_bytes(content)
                e2e.expect(code in directory("import", lists, expect=1).stderr, f"{code} is told")
            with urllib.request.urlopen(server.url + "/health/live", timeout=e2e.PATIENCE) as alive:
                e2e.expect(alive.status == 200, "and the server goes on")
    print("lists came in as workbooks, and harmful ones did not")


if __name__ == "__main__":
    main()
