"""Reads every document of a folder with the usual Python libraries, cell by cell, and prints milliseconds a document, of each
the best round.

peers.py python-docx|openpyxl|lxml|xlrd|pdftotext FOLDER ROUNDS

Only opening and taking the cells' texts out is timed: less than what Jiheng does, which also says what the cells mean.
"""
import pathlib
import subprocess
import sys
import time


def docx_reader():
    import docx
    def read(path):
        return sum(len(cell.text) for table in docx.Document(path).tables for row in table.rows for cell in row.cells)
    return read


def xlsx_reader():
    import openpyxl
    def read(path):
        return sum(len(str(v)) for sheet in openpyxl.load_workbook(path, data_only=True) for row in sheet.iter_rows(values_only=True) for v in row if v is not None)
    return read


def html_reader():
    import lxml.html
    def read(path):
        return sum(len(cell.text_content()) for cell in lxml.html.parse(path).iter("td", "th"))
    return read


def xls_reader():
    import xlrd
    def read(path):
        return sum(len(str(v)) for sheet in xlrd.open_workbook(path, formatting_info=True).sheets() for r in range(sheet.nrows) for v in sheet.row_values(r))
    return read


def pdf_reader():
    def read(path):
        return len(subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout)
    return read


READERS = {"python-docx": docx_reader, "openpyxl": xlsx_reader, "lxml": html_reader, "xlrd": xls_reader, "pdftotext": pdf_reader}


def main():
    peer, folder, rounds = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
    read = READERS[peer]()
    files = sorted(str(p) for p in folder.iterdir() if p.suffix != ".json")
    best = [float("inf")] * len(files)
    for _ in range(rounds):
        for i, file in enumerate(files):
            start = time.perf_counter()
            read(file)
            best[i] = min(best[i], time.perf_counter() - start)
    print(sum(best) * 1000 / len(files))


main()
