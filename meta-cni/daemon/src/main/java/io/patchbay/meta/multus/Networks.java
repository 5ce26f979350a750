package io.patchbay.meta.multus;

import io.patchbay.meta.kube.Manifest;
import io.patchbay.meta.kube.ManifestReader;
import io.patchbay.meta.kube.NetworkAttachmentDefinition;
import io.patchbay.meta.kube.Pod;
import io.patchbay.meta.translation.Source;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The manifests that came along: networks, and pods that ask for them.
///
/// @param problems what is wrong with the manifests
/// @param given whether there are any, so that what is not among them is told to be missing
record Networks(
        List<NetworkAttachmentDefinition> definitions,
        List<Pod> pods,
        List<String> problems,
        boolean given) {
    private static final Pattern MANIFEST = Pattern.compile(".+\\.(ya?ml|json)");

    Networks {
        definitions = List.copyOf(definitions);
        pods = List.copyOf(pods);
        problems = List.copyOf(problems);
    }

    /// @param places files, and directories of files
    /// @param found manifests that were read elsewhere, behind those of the places
    static Networks read(List<Path> places, List<Manifest> found) {
        List<NetworkAttachmentDefinition> definitions = new ArrayList<>();
        List<Pod> pods = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Path place : places) {
            for (Path file : files(place)) {
                Manifest manifest = ManifestReader.read(file.toString(), Source.text(file));
                definitions.addAll(manifest.networks());
                pods.addAll(manifest.pods());
                manifest.problems().forEach(problem -> problems.add(problem.toString()));
            }
        }
        for (Manifest manifest : found) {
            definitions.addAll(manifest.networks());
            pods.addAll(manifest.pods());
        }
        return new Networks(definitions, pods, problems, !(places.isEmpty() && found.isEmpty()));
    }

    private static List<Path> files(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(
                            file -> MANIFEST.matcher(String.valueOf(file.getFileName())).matches())
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CniException(
                    Standard.IO_FAILURE, "the manifests in %s cannot be read".formatted(place), e);
        }
    }

    Optional<NetworkAttachmentDefinition> find(String namespace, String name) {
        return definitions.stream()
                .filter(one -> one.namespace().equals(namespace) && one.name().equals(name))
                .findFirst();
    }
}
