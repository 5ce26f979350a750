package io.patchbay.suite.report;

/// Text as XML and HTML take it, in attributes too.
final class Markup {
    private Markup() {}

    /// What a plugin printed may hold anything; control characters are no part of XML 1.0.
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints()
                .forEach(letter -> {
                    switch (letter) {
                        case '&' -> escaped.append("&amp;");
                        case '<' -> escaped.append("&lt;");
                        case '>' -> escaped.append("&gt;");
                        case '"' -> escaped.append("&quot;");
                        case '\'' -> escaped.append("&#39;");
                        default -> escaped.appendCodePoint(isText(letter) ? letter : '\uFFFD');
                    }
                });
        return escaped.toString();
    }

    private static boolean isText(int letter) {
        return letter == '\t'
                || letter == '\n'
                || (letter >= ' ' && letter <= 0xD7FF)
                || (letter >= 0xE000 && letter <= 0xFFFD)
                || letter > 0xFFFF;
    }
}
