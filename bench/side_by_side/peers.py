"""Reads every document of a folder with the usual Python libraries, cell by cell, and prints milliseconds a document.

peers.py python-docx|openpyxl|xlrd|lxml FOLDER ROUNDS

Only opening and taking the cells' texts out is timed: less than what Jiheng does, which also says what the cells mean.
"""
import pathlib
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


def xls_reader():
    import xlrd
    def read(path):
        return sum(len(str(v)) for sheet in xlrd.open_workbook(path).sheets() for row in range(sheet.nrows) for v in sheet.row_values(row))
    return read


def html_reader():
    import lxml.html
    def read(path):
        return sum(len(cell.text_content()) for cell in lxml.html.parse(path).iter("td", "th"))
    return read


def main():
    peer, folder, rounds = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
    read = {"python-docx": docx_reader, "openpyxl": xlsx_reader, "xlrd": xls_reader, "lxml": html_reader}[peer]()
    files = sorted(str(p) for p in folder.iterdir() if p.suffix != ".json")
    read(files[0])
    start = time.process_time()
    for _ in range(rounds):
        for file in files:
            read(file)
    print((time.process_time() - start) * 1000 / rounds / len(files))


main()
