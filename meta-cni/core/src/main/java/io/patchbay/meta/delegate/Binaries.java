package io.patchbay.meta.delegate;

import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import io.patchbay.spi.cni.CniException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The CNI binaries of the plug-in path.
///
/// @param directories looked into behind the request's CNI_PATH
record Binaries(List<Path> directories) {
    private static final String OURSELVES = "patchbay";

    Binaries {
        directories = List.copyOf(directories);
    }

    /// The binary of a type for one step: the one that its ADD called, if it is still there, or
    /// else the first in the plug-in path. Code 7 where there is none that can be executed.
    ForeignConfig get(String type, PlannedAttachment attachment, PlannedStep step, String netns) {
        if (type.equals(OURSELVES)) {
            throw CniException.invalidConfig(
                    "%s: type \"patchbay\" is Patchbay itself, which cannot be called by itself"
                            .formatted(Delegates.where(attachment, step)));
        }
        List<Path> looked = new ArrayList<>();
        step.path().forEach(directory -> looked.add(Path.of(directory)));
        looked.addAll(directories);
        Path binary =
                Stream.concat(
                                Optional.ofNullable(step.binaries().get(type))
                                        .map(Path::of)
                                        .stream(),
                                looked.stream().map(directory -> directory.resolve(type)))
                        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                        .findFirst()
                        .orElseThrow(() -> missing(type, looked, attachment, step));
        return new ForeignConfig(
                type,
                binary,
                attachment.version(),
                step.config().json(),
                step.args(),
                looked.stream().map(Path::toString).toList(),
                netns,
                new Complaints(step.position()));
    }

    private static CniException missing(
            String type, List<Path> looked, PlannedAttachment attachment, PlannedStep step) {
        String places =
                looked.stream()
                        .map(Path::toString)
                        .distinct()
                        .collect(Collectors.joining(File.pathSeparator));
        return CniException.invalidConfig(
                "%s: nobody claims type \"%s\", and no executable of that name is in %s"
                        .formatted(
                                Delegates.where(attachment, step),
                                type,
                                places.isEmpty() ? "the plug-in path, which is empty" : places));
    }
}
