package io.patchbay.suite.report;

import io.patchbay.suite.row.Ruling;
import io.patchbay.suite.row.Verdict;

/// A certificate as one page that loads nothing else.
public final class HtmlReport {
    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Conformance of %1$s</title>
            <style>
            body { font: 15px/1.45 system-ui, sans-serif; max-width: 70em; margin: 2em auto; padding: 0 1em; color: #222; background: #fff; }
            h1 { font-size: 1.4em; } h2 { font-size: 1.05em; margin-top: 2em; }
            dl { display: grid; grid-template-columns: max-content auto; gap: .1em 1em; }
            dt { color: #666; } dd { margin: 0; overflow-wrap: anywhere; }
            table { border-collapse: collapse; width: 100%%; }
            td { border-top: 1px solid #ddd; padding: .35em .6em; vertical-align: top; overflow-wrap: anywhere; }
            td:nth-child(-n+3) { white-space: nowrap; width: 1%%; }
            .passed td:nth-child(3) { color: #17692c; }
            .failed td:nth-child(3) { color: #b00020; font-weight: bold; }
            .na, .na td { color: #777; }
            .why { font-size: .9em; } .advice { font-size: .9em; color: #444; }
            .summary { font-weight: bold; }
            @media (prefers-color-scheme: dark) {
              body { color: #ddd; background: #181818; } td { border-color: #444; } .advice { color: #bbb; }
              .passed td:nth-child(3) { color: #6fcf87; } .failed td:nth-child(3) { color: #ff7a85; }
            }
            </style>
            </head>
            <body>
            <h1>Conformance of %1$s</h1>
            <p class="summary">%2$s</p>
            """;

    private HtmlReport() {}

    public static String of(Certificate certificate) {
        String name = certificate.facts().values().stream().findFirst().orElse("a plugin");
        StringBuilder page = new StringBuilder();
        page.append(HEAD.formatted(Markup.escape(name), Markup.escape(certificate.summary())));
        page.append("<dl>\n");
        certificate
                .facts()
                .forEach((key, value) ->
                        page.append(
                                "<dt>%s</dt><dd>%s</dd>%n"
                                        .formatted(Markup.escape(key), Markup.escape(value))));
        page.append("</dl>\n");
        String source = "";
        for (Ruling ruling : certificate.rulings()) {
            if (!ruling.row().source().equals(source)) {
                page.append(source.isEmpty() ? "" : "</table>\n");
                source = ruling.row().source();
                page.append("<h2>%s</h2>%n<table>%n".formatted(Markup.escape(source)));
            }
            page.append(row(ruling));
        }
        return page.append("</table>\n</body>\n</html>\n").toString();
    }

    private static String row(Ruling ruling) {
        return "<tr class=\"%s\" id=\"%s\"><td>%2$s</td><td>%s</td><td>%s</td><td>%s%s</td></tr>%n"
                .formatted(
                        style(ruling.verdict()),
                        ruling.row().number(),
                        ruling.row().level(),
                        TextReport.word(ruling.verdict()),
                        Markup.escape(ruling.row().sentence()),
                        reason(ruling.verdict()));
    }

    private static String style(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Passed _ -> "passed";
            case Verdict.Failed _ -> "failed";
            case Verdict.NotApplicable _ -> "na";
        };
    }

    private static String reason(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Passed _ -> "";
            case Verdict.Failed(String why, String advice) ->
                    "<div class=\"why\">%s</div><div class=\"advice\">→ %s</div>"
                            .formatted(Markup.escape(why), Markup.escape(advice));
            case Verdict.NotApplicable(String why) ->
                    "<div class=\"why\">%s</div>".formatted(Markup.escape(why));
        };
    }
}
