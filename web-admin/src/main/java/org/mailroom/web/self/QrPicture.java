package org.mailroom.web.self;

import io.nayuki.qrcodegen.QrCode;

/**
 * A QR code for SVG: squares of one unit, within a margin of four as scanners want it.
 *
 * @param size of the whole, in units
 * @param path of all dark squares
 */
public record QrPicture(int size, String path) {
    private static final int MARGIN = 4;

    static QrPicture of(String text) {
        var code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        var path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M')
                            .append(x + MARGIN)
                            .append(',')
                            .append(y + MARGIN)
                            .append("h1v1h-1z");
                }
            }
        }
        return new QrPicture(code.size + 2 * MARGIN, path.toString());
    }
}
