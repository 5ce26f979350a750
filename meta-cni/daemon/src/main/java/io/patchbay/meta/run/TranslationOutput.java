package io.patchbay.meta.run;

import io.patchbay.meta.kube.Yaml;
import io.patchbay.meta.translation.Translation;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a translated configuration goes, with its sentences.
final class TranslationOutput {
    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "Where to write patchbay.yaml; without it, it goes to the standard output, with the sentences as comments.")
    private @Nullable Path output;

    @Option(names = "--force", description = "Write over a FILE that is there.")
    private boolean force;

    /// @param source what was translated
    /// @param command which did it
    void write(Translation translation, String source, String command, PrintWriter out) {
        String yaml = Yaml.text(translation.settings());
        if (output == null) {
            translation
                    .remarks()
                    .forEach(remark -> out.println("# " + remark.replace("\n", "\n# ")));
            out.print(yaml);
        } else {
            write(output, "# Made from %s by %s.%n%s".formatted(source, command, yaml));
            translation.remarks().forEach(out::println);
            out.println(output + " is written");
        }
        out.flush();
    }

    private void write(Path file, String text) {
        try {
            if (force) {
                Files.writeString(file, text);
            } else {
                Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
            }
        } catch (FileAlreadyExistsException e) {
            throw new CniException(
                    Standard.IO_FAILURE,
                    "%s is there already: name another file, or write over it with --force"
                            .formatted(file),
                    e);
        } catch (IOException e) {
            throw new CniException(
                    Standard.IO_FAILURE,
                    "%s cannot be written: %s".formatted(file, Reason.of(e)),
                    e);
        }
    }
}
