"""make_scan.py OUT.pdf PAGE.jpg...: a PDF that holds nothing but pictures, as a scanner makes it."""
import struct
import sys


def size_of(jpeg):
    at = 2
    while True:
        marker, length = jpeg[at + 1], struct.unpack(">H", jpeg[at + 2:at + 4])[0]
        if 0xC0 <= marker <= 0xC2:
            height, width = struct.unpack(">HH", jpeg[at + 5:at + 9])
            return width, height
        at += 2 + length


objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
pages = []
for name in sys.argv[2:]:
    jpeg = open(name, "rb").read()
    width, height = size_of(jpeg)
    objects.append(b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode"
                   b" /Length %d >> stream\n%s\nendstream" % (width, height, len(jpeg), jpeg))
    across, down = (595, 842) if height > width else (842, 595)
    content = b"q %d 0 0 %d 0 0 cm /Scan Do Q" % (across, down)
    objects.append(b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content))
    objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << /XObject << /Scan %d 0 R >> >> >>"
                   % (across, down, len(objects), len(objects) - 1))
    pages.append(b"%d 0 R" % len(objects))
objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), b" ".join(pages))
out, places = b"%PDF-1.4\n", []
for number, text in enumerate(objects, 1):
    places.append(len(out))
    out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
table = len(out)
out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
open(sys.argv[1], "wb").write(out)
