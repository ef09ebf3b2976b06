"""The QR code of a page: a ticket's, or a booking's."""

import io

import segno

QUIET_ZONE = 4  # modules of white around the code: ISO/IEC 18004, 6.3.8


def qr_svg(url: str) -> str:
    """An SVG without a size of its own. Error correction M (15 %) outlives a scratched glass and a thermal print."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        out, kind="svg", border=QUIET_ZONE, omitsize=True, xmldecl=False, dark="#000", light="#fff"
    )
    return out.getvalue().decode()
