package io.patchbay.suite;

import io.patchbay.suite.report.Certificate;
import io.patchbay.suite.report.HtmlReport;
import io.patchbay.suite.report.JunitReport;
import io.patchbay.suite.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the certificate goes, beside the terminal.
final class ReportOptions {
    @Option(names = "--junit", paramLabel = "FILE", description = "Write JUnit XML there.")
    private @Nullable Path junit;

    @Option(names = "--html", paramLabel = "FILE", description = "Write one HTML page there.")
    private @Nullable Path html;

    void write(Certificate certificate, PrintWriter out) {
        out.print(TextReport.of(certificate));
        out.flush();
        if (junit != null) {
            write(junit, JunitReport.of(certificate));
        }
        if (html != null) {
            write(html, HtmlReport.of(certificate));
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new Misuse("%s cannot be written: %s".formatted(file, e.getMessage()));
        }
    }
}
