package io.patchbay.meta.run;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Names everything that is wrong with some files.
@Command(
        description = {
            "Name everything that is wrong with configurations and manifests.",
            "These are patchbay.yaml, pods and NetworkAttachmentDefinitions."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ValidateCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files to check.")
    private List<Path> files = List.of();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        List<String> problems = Validation.of(files);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        problems.forEach(out::println);
        if (problems.isEmpty()) {
            out.println(files.size() == 1 ? "the file is fine" : "the files are fine");
        }
        return problems.isEmpty() ? 0 : 1;
    }
}
